"""Each check of the site finds a fault of its kind on a page that has them all."""

import gzip
import io
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.kept_back import places_of
from tests.browser.links import dead_links
from tests.browser.nu_checker import nu_problems
from tests.browser.page_checks import PHONE
from tests.browser.site_server import serve
from tests.browser.visits import NO_SCRIPTS, SCRIPTS, SiteVisit, html_pages, visit_pages

# Everything is made for the first test, which on a busy machine takes minutes.
pytestmark = [pytest.mark.xdist_group("chromium"), pytest.mark.timeout(900)]

FAULTY = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Faults</title>
<link rel="stylesheet" href="style.css"></head>
<body><main id="main"></main>
<a href="missing.html">No page</a> <a href="#nowhere">No anchor</a>
<a href="{address}/i/">No folder</a> <a href="ok.html#main">Good</a>
<img src="https://other.example/pixel.png">
<div style="width: 2000px; color: #aaa">Pale and wide</div><center>Old</center>
<p lang="ar">خطأ</p> <p lang="fa" dir="auto">IODA: خطای دوم</p>
<div lang="ar" dir="rtl"><p lang="fr">Une faute</p> <time dir="ltr">12:30 UTC</time></div>
<script>console.error("a fault"); undefined_function();</script>
</body></html>"""
STYLE = "a:focus { outline: none } p { colour: red }"


class FaultySite(NamedTuple):
    root: Path
    address: str


@pytest.fixture(scope="module")
def faulty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultySite]:
    root = tmp_path_factory.mktemp("faulty")
    with serve(root) as address:
        page = FAULTY.format(address=address)
        (root / "index.html").write_text(page, "utf-8")
        (root / "ok.html").write_text('<p id="main">Words</p>', "utf-8")
        (root / "style.css").write_text(STYLE, "utf-8")
        yield FaultySite(root, address)


@pytest.fixture(scope="module")
def faulty_visit(chromium, faulty_site) -> SiteVisit:
    return visit_pages(chromium, faulty_site.address, ["index.html"], [PHONE])


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (SCRIPTS, "console: a fault"),
        (SCRIPTS, "undefined_function is not defined"),
        (SCRIPTS, "requests https://other.example/pixel.png"),
        (NO_SCRIPTS, "requests https://other.example/pixel.png"),
        (NO_SCRIPTS, "the page has no text"),
        ("axe", "color-contrast: "),
        ("axe", "image-alt: "),
        ("width", "scrolls sideways, 20"),
        ("direction", 'ltr: <p lang="ar">خطأ'),
        ("direction", 'ltr: <p lang="fa" dir="auto">IODA'),
        ("direction", 'rtl: <p lang="fr">Une faute'),
        ("keyboard", "the first stop of Tab is no link to the text"),
        ("keyboard", "the focus cannot be seen"),
    ],
)
def test_visit_finds_each_fault_of_a_page(faulty_visit, check, words):
    assert words in faulty_visit.wrong(check)


def test_page_of_an_incident_that_is_too_long_is_found(chromium, faulty_site):
    folder = faulty_site.root / "i" / "XX"
    folder.mkdir(parents=True)
    page = '<body style="margin: 0"><main style="height: 9400px">Long</main>'
    for name in ("index.html", "index.ar.html"):
        (folder / name).write_text(f"<!DOCTYPE html>{page}", "utf-8")
    pages = ["i/XX/index.html", "i/XX/index.ar.html"]
    visit = visit_pages(chromium, faulty_site.address, pages, [PHONE])
    shutil.rmtree(faulty_site.root / "i")
    assert visit.wrong("length") == "i/XX/index.html: fills 12.1 screens of a phone"


def test_a_time_within_arabic_may_go_from_left_to_right(faulty_visit):
    assert "<time" not in faulty_visit.wrong("direction")


def test_nu_checker_finds_faults_in_pages_and_styles(faulty_site):
    found_problems = "\n".join(map(str, nu_problems(*faulty_site)))
    assert "index.html: The “center” element is obsolete" in found_problems
    assert "style.css: " in found_problems


def test_links_that_lead_nowhere_are_found(faulty_site):
    problems = dead_links(*faulty_site)
    assert [p.what.partition(" ")[0] for p in problems] == [
        "missing.html",
        "#nowhere",
        f"{faulty_site.address}/i/",
    ]
    assert html_pages(faulty_site.root) == ["index.html", "ok.html"]


def test_words_are_found_wherever_they_are_hidden(tmp_path: Path):
    word = 'Secret "é"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner/a.txt", word)
        archive.writestr("b.gz", gzip.compress(word.encode()))
    hidden = {
        "packed.zip": packed.getvalue(),
        "broken.html": b"<p>Secret <b>&#34;&eacute;&#34;</b></p>",
        "data.json": b'{"a": "Secret \\"\\u00e9\\""}',
        "link.txt": b"https://a.example/Secret%20%22%C3%A9%22",
        "archive.tar.gz": _tar_gz(word),
        f"{word}.txt": b"",
    }
    for name, content in {**hidden, "innocent.txt": b"nothing"}.items():
        (tmp_path / name).write_bytes(content)
    places = places_of(tmp_path, [word])
    assert {place.split("!")[0].split(": ")[0].split(" (")[0] for place in places} == {
        *hidden
    }
    assert any("packed.zip!inner/a.txt" in place for place in places)
    assert any("packed.zip!b.gz!gzip" in place for place in places)


def _tar_gz(word: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(word.encode())
        archive.addfile(info, io.BytesIO(word.encode()))
    return file.getvalue()
