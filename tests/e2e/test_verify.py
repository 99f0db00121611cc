"""`outagewire verify` finds each changed byte, and calculates the rest again (P4)."""

import gzip
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import make_app
from bot.site.evidence.archive import read_bundle, zip_bytes
from bot.site.evidence.bag import MANIFEST, TAG_MANIFEST, manifest_text, sha256_of
from tests.bags import is_valid_bag
from tests.evidence import blackout_bundle, bundle_of, command, copied_package, flip
from tests.recordings import shared


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """Return the folder of the page of a made-up blackout."""
    return blackout_bundle(tmp_path_factory.mktemp("blackout"))


def test_bundle_lists_the_hashes_of_the_answers(page):  # P3
    files = read_bundle(page / "evidence.zip")
    for step in range(1, last_step(files) + 1):
        answers = json.loads(files[f"data/{step}/answers.json"])
        assert answers
        assert all(len(a["sha256"]) == 64 for a in answers)


def verify(*arguments: object) -> tuple[int, str]:
    """Run the command in this process; return its exit code and all its output."""
    result = CliRunner().invoke(make_app(), ["verify", *map(str, arguments)])
    error = "" if result.exception is None else str(result.exception)
    return result.exit_code, result.output + error


def test_whole_bundle_is_calculated_again_byte_for_byte(page):  # P14
    code, output = verify(page / "evidence.zip")
    assert code == 0, output
    (line,) = (text for text in output.splitlines() if "the same" in text)
    assert all(f" {what}" in line for what in ("steps", "levels", "pictures", "texts"))
    assert "DIFFERENT" not in output
    assert "Not compared" not in output


@pytest.mark.parametrize("suffix", [".zip", ""])
def test_changed_byte_is_found_in_every_file(page, tmp_path, suffix):
    files = read_bundle(page / "evidence.zip")
    for number, name in enumerate(sorted(files)):
        folder = tmp_path / str(number)
        if suffix:
            folder.mkdir()
            bundle = folder / "evidence.zip"
            bundle.write_bytes((page / "evidence.zip").read_bytes())
            with zipfile.ZipFile(bundle) as archive:
                member = archive.getinfo(f"evidence/{name}")
            flip(bundle, member.header_offset + 30 + len(member.filename) + 1)
        else:
            bundle = folder
            write(
                folder, {**files, name: bytes([files[name][0] ^ 1]) + files[name][1:]}
            )
        code, output = verify(bundle, "--hashes-only")
        assert code == 1
        # A change of the manifest of manifests shows as a file that does not match it.
        assert name in output


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files of a bundle into a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_changed_byte_between_the_files_is_found(page, tmp_path):
    bundle = tmp_path / "evidence.zip"
    data = (page / "evidence.zip").read_bytes()
    # The last bytes are the directory of the ZIP file, which no manifest covers.
    for back in (1, 10, 60, 100):
        bundle.write_bytes(data)
        flip(bundle, len(data) - back)
        code, output = verify(bundle, "--hashes-only")
        assert code == 1
        assert "evidence.zip" in output


def resealed(files: dict[str, bytes], name: str, old: bytes, new: bytes) -> bytes:
    """Return the bundle as ZIP file with a changed file, and with manifests that fit."""
    assert old in files[name]
    return sealed({**files, name: files[name].replace(old, new, 1)})


def sealed(files: dict[str, bytes]) -> bytes:
    """Return the bundle as ZIP file, with manifests that fit."""
    data = {n: sha256_of(f) for n, f in files.items() if n.startswith("data/")}
    files[MANIFEST] = manifest_text(data)
    tags = {n: sha256_of(f) for n, f in files.items() if not n.startswith("data/")}
    tags.pop(TAG_MANIFEST)
    return zip_bytes({**files, TAG_MANIFEST: manifest_text(tags)})


def last_step(files: dict[str, bytes]) -> int:
    return max(int(n.split("/")[1]) for n in files if n.endswith("/event.json"))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("texts.json", b"Iran", b"Iraq"),
        ("event.json", b'"severity": "near-total"', b'"severity": "minor"'),
        ("event.json", b'"lowest": 0.0', b'"lowest": 0.1'),
    ],
)
def test_change_with_new_hashes_is_found_by_calculation(
    page, tmp_path, name, old, new
):  # P4
    files = read_bundle(page / "evidence.zip")
    path = f"data/2/{name}"
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(resealed(files, path, old, new))
    code, output = verify(bundle)
    assert code == 1
    assert f"DIFFERENT: {path}" in output


@pytest.mark.parametrize("relative", [True, False])
def test_verify_writes_and_deletes_nothing_elsewhere(page, tmp_path, relative):
    """The pages of a bundle are written again, in a folder named after its incident."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "7.png").touch()
    name = "../" * 9 + str(elsewhere).lstrip("/") if relative else str(elsewhere)
    files = read_bundle(page / "evidence.zip")
    incident = json.loads(files["data/1/event.json"])["incident"].encode()
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(
        sealed(
            {
                path: content.replace(incident, name.encode())
                if path.endswith(".json")
                else content
                for path, content in files.items()
            }
        )
    )
    code, output = verify(bundle)
    assert (code, list(elsewhere.iterdir())) == (1, [elsewhere / "7.png"])
    assert "is not the id of the bundle's incident" in output


def test_numbers_without_readings_are_not_called_the_same(page, tmp_path):  # P4
    files = read_bundle(page / "evidence.zip")
    for name in ("readings.json.gz", "readings.csv.gz"):
        del files[f"data/2/{name}"]
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(sealed(files))
    code, output = verify(bundle)
    assert code == 1
    assert "Not compared: data/2/readings.json.gz: the readings of country:IR" in output


def test_timeline_is_calculated_again(page, tmp_path):
    files = read_bundle(page / "evidence.zip")
    files["data/timeline.json"] = b"[]\n"
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(sealed(files))
    code, output = verify(bundle)
    assert (code, "DIFFERENT: data/timeline.json" in output) == (1, True)


def test_records_that_contradict_each_other_get_a_clear_error(page, tmp_path):
    files = read_bundle(page / "evidence.zip")
    name = "data/1/readings.json.gz"
    readings = json.loads(gzip.decompress(files[name]))
    readings["traces"][0]["step_s"] = 0
    files[name] = gzip.compress(json.dumps(readings).encode(), mtime=0)
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(sealed(files))
    code, output = verify(bundle)
    assert code == 1
    assert "the records in the bundle do not fit together (Zero" in output


def test_other_version_is_named_and_not_called_the_same(page, tmp_path):
    files = read_bundle(page / "evidence.zip")
    name = "data/2/texts.json"
    texts = json.loads(files[name])
    texts["drawn_with"] = texts["drawn_with"].replace("matplotlib ", "matplotlib 0")
    files[name] = json.dumps(texts).encode()
    files["data/2/picture.png"] += b"other"
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(resealed(files, "bagit.txt", b"", b""))
    code, output = verify(bundle)
    assert code == 3
    assert "Not compared: data/2/picture.png: made with matplotlib 0" in output


def test_foreign_folder_gets_a_clear_error(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing")
    code, output = verify(tmp_path)
    assert code == 1
    assert "bagit.txt: the file is missing" in output


def test_ledger_has_the_bundle_and_its_chain_is_checked(page, tmp_path):
    ledger = page.parents[1] / "evidence" / "ledger"
    code, output = verify(page / "evidence.zip", "--ledger", ledger, "--hashes-only")
    assert code == 0, output
    assert "The bundle is entry" in output
    other = tmp_path / "ledger"
    other.mkdir()
    for path in ledger.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    flip(other / "head.json", 10)
    assert verify("--ledger", other)[0] == 1


def test_empty_environment_without_network_verifies_the_bundle(page, tmp_path):
    run_in_copy(page, tmp_path)


def run_in_copy(page: Path, tmp_path: Path) -> str:
    """Verify a bundle by a copy of the package, elsewhere and without a network."""
    package = copied_package(tmp_path / "copy")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = subprocess.run(
        command("verify", page / "evidence.zip"),
        cwd=elsewhere,
        env={"PYTHONPATH": str(package), "HOME": str(elsewhere), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.slow
def test_bundle_of_iran_2026_verifies_elsewhere(tmp_path):  # P4, P14
    page = bundle_of(shared("iran-2026-01"), tmp_path / "out")
    assert is_valid_bag(page / "evidence")
    assert "levels" in run_in_copy(page, tmp_path)
    kinds: dict[str, str] = {}
    files = read_bundle(page / "evidence.zip")
    for name in sorted(files):
        kinds[name.rpartition("/")[2]] = name
    for name in kinds.values():
        folder = tmp_path / "changed"
        changed = bytes([files[name][0] ^ 1]) + files[name][1:]
        write(folder, {**files, name: changed})
        code, output = verify(folder, "--hashes-only")
        assert code == 1
        assert name in output


def edited(page: Path, old: str, new: str) -> dict[str, bytes]:
    """Return the files of the bundle; step 2 says that a person wrote its texts."""
    files = read_bundle(page / "evidence.zip")
    texts = json.loads(files["data/2/texts.json"])
    for post in texts["posts"]:
        assert old in post["text"]
        post["text"] = post["text"].replace(old, new)
    data = json.dumps(texts | {"edited": True}, indent=1).encode() + b"\n"
    return {**files, "data/2/texts.json": data}


def test_text_of_a_person_is_checked_and_counted_apart(page, tmp_path):  # P4
    whole = tmp_path / "whole.zip"
    whole.write_bytes(sealed(edited(page, "Iran", "Iran")))
    code, output = verify(whole)
    assert code == 0, output
    assert "Written by a person: " in output
    false = tmp_path / "false.zip"
    false.write_bytes(sealed(edited(page, "Iran", "Iran, at 63% of normal,")))
    code, output = verify(false)
    assert code == 1
    assert (
        'DIFFERENT: data/2/texts.json: a post in en that a person wrote says "63%"'
        in (output)
    )


def test_what_only_the_hashes_protect_is_named(page):
    code, output = verify(page / "evidence.zip")
    assert code == 0
    assert "Signature not checked" in output
    assert "Only the hashes protect: answers.json" in output
    ledger = page.parent.parent / "evidence" / "ledger"
    code, output = verify(page / "evidence.zip", "--ledger", ledger, "--hashes-only")
    assert code == 0
    assert "only if this copy of the ledger is the publisher's" in output
