"""The check of a site finds each kind of mistake, with its file and line."""

from pathlib import Path

import pytest

from bot.site.check.site_check import check_site

BASE = "https://wire.example/news"
GOOD = {
    "index.html": '<!doctype html><html lang="en"><body id="top"><br>'
    '<a href="i/A/#b">a</a><a href="#top">b</a><a href="mailto:a@b.example">c</a>'
    '<a href="https://else.example/">d</a><img src="a%20b.png" alt="">'
    f'<a href="{BASE}/i/A/">e</a><link rel="hub" href="https://hub.example/"></body></html>',
    "i/A/index.html": '<p id="b"></p><a href="../../">up</a><a href="/news/">up</a>',
    "a b.png": "",
    "feed.atom": f'<feed><link href="{BASE}/i/A/"/></feed>',
    "sitemap.xml": f"<urlset><url><loc>{BASE}/</loc></url></urlset>",
    "a.json": '{"a": null}',
    "style.css": "body { background: url(a%20b.png) }",
}
MISTAKES: dict[str, tuple[str, str | bytes, int, str]] = {
    "dead link": ("a.html", '\n<a href="none/">a</a>', 2, "leads to no file"),
    "no such element": ("a.html", '<a href="i/A/#c">a</a>', 1, "no element"),
    "folder without a slash": ("a.html", '<a href="i/A">a</a>', 1, "leads to no file"),
    "out of the site": ("a.html", '<a href="/other">a</a>', 1, "leads out"),
    "a picture elsewhere": (
        "a.html",
        '<img src="https://else.example/a.png">',
        1,
        "another host",
    ),
    "a script elsewhere": (
        "a.html",
        '<script src="//else.example/a.js"></script>',
        1,
        "another host",
    ),
    "a style sheet elsewhere": (
        "a.html",
        '<link rel="stylesheet" href="http://else.example/a.css">',
        1,
        "another host",
    ),
    "a candidate elsewhere": (
        "a.html",
        '<img srcset="a%20b.png 1x, https://e.example/b.png 2x">',
        1,
        "another host",
    ),
    "a style elsewhere": (
        "a.html",
        "<style>\n@import 'https://e.example/a.css';</style>",
        2,
        "another host",
    ),
    "a font elsewhere": ("a.css", "\n\na{src:url(//e.example/f)}", 3, "another host"),
    "an open tag": ("a.html", "<p>\n<em>a</p>", 2, "</p> closes no open tag"),
    "a tag that stays open": ("a.html", "\n<main>", 2, "<main> is not closed"),
    "an unfinished file": ("a.html.part", "", 0, "unfinished"),
    "broken JSON": ("a.geojson", '{\n"a": }', 2, "not well-formed JSON"),
    "no number": ("a.json", '{"a": NaN}', 1, "NaN is not JSON"),
    "deep JSON": ("a.json", "[" * 100_000, 1, "not well-formed JSON"),
    "broken XML": ("a.xml", "<a>\n</b>", 2, "not well-formed XML"),
    "an entity": ("a.svg", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 1, "entity"),
    "a lost page in a sitemap": (
        "s.xml",
        f"<urlset><url><loc>{BASE}/i/B/</loc></url></urlset>",
        1,
        "leads to no file",
    ),
    "a dead link of a feed": ("a.atom", f'<a href="{BASE}/b"/>', 1, "no file"),
    "no UTF-8": ("a.html", b"\xff", 1, "not UTF-8"),
}


def write(site: Path, name: str, content: str | bytes) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site without mistakes."""
    for name, content in GOOD.items():
        write(tmp_path, name, content)
    return tmp_path


def test_a_good_site_has_no_mistakes(site):
    assert list(check_site(site, BASE)) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_in_its_line(site, name):
    file, content, line, problem = MISTAKES[name]
    write(site, file, content)
    mistakes = list(check_site(site, BASE))
    assert [(f.path, f.line) for f in mistakes] == [(file, line)], mistakes
    assert problem in mistakes[0].problem


def test_a_link_in_the_folder_is_found(site):
    (site / "secret.txt").symlink_to("/etc/hostname")
    (mistake,) = check_site(site, BASE)
    assert mistake.path == "secret.txt"
