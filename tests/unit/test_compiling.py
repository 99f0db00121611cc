"""The kernel is compiled once and cached; an unusable cache only costs time."""

import ast
import gc
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import bot
from bot import cache_lock, user_cache
from bot import compilation as compiling
from bot.cache_lock import CacheLock
from bot.cli.kernel import CompilationReporter
from bot.compilation import CompiledFunction, compiled, compiled_inline
from bot.kernel_cache import KERNEL_FILES, compute_digest, open_cache
from bot.user_cache import MAX_FOLDERS, UserCache

PACKAGE = Path(bot.__file__).parent
ROOT = PACKAGE.parent
NAME, SIGNATURE, CODE = "loop", "(int64,)", b"machine code" * 100


def sum_numbers(count):
    result = 0
    for number in range(count):
        result += _same(number)
    return result


@compiled_inline
def _same(number):
    return number


@dataclass
class CountingObserver:
    """An observer that counts the calls of `compiling` and keeps reported problems."""

    problems: list[str] = field(default_factory=list)
    calls: int = 0
    interrupts: bool = False

    def on_progress(self, seconds):
        self.calls += 1
        if self.interrupts:
            raise KeyboardInterrupt

    def on_cache_problem(self, problem):
        self.problems.append(problem)


@pytest.fixture
def observer(tmp_path, monkeypatch):
    """Return an observer; compiled functions are cached in a new folder of the test."""
    recorder = CountingObserver()
    monkeypatch.setattr(compiling._state, "cache_folder", tmp_path / "cache")
    monkeypatch.setattr(compiling._state, "observer", recorder)
    return recorder


def cache_in(home, problems=None, key="0" * 16):
    report = [] if problems is None else problems
    return open_cache(home, key, report.append)


def write_cache_file(home):
    """Cache one function below `home`, and return the path of its file."""
    cache_in(home).save(NAME, SIGNATURE, CODE)
    (path,) = home.glob("*/*.cache")
    return path


def test_importing_detection_compiles_nothing_and_writes_no_file(tmp_path):
    program = "import sys, bot.tick.assessment; print('numba' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "False\n"
    assert not list(tmp_path.iterdir())


def test_second_start_loads_the_compiled_function(observer):
    assert compiled(sum_numbers)(10) == 45
    calls = observer.calls
    assert calls > 0
    assert compiled(sum_numbers)(10) == 45
    assert observer.calls == calls
    assert not observer.problems


def test_second_process_waits_while_the_first_compiles(observer, monkeypatch, tmp_path):
    compiled(sum_numbers)(10)
    (path,) = tmp_path.glob("cache/*/*.cache")
    machine_code = path.read_bytes()
    path.unlink()
    first_process = CacheLock()
    waits: list[float] = []
    first_process.acquire(path.with_name("lock"), waits.append)

    def compiling(seconds):
        waits.append(seconds)
        path.write_bytes(machine_code)
        first_process.release()

    monkeypatch.setattr(observer, "on_progress", compiling)
    monkeypatch.setattr(UserCache, "save", fail_if_called)
    assert compiled(sum_numbers)(10) == 45
    assert len(waits) == 1


def fail_if_called(*_):
    raise AssertionError("nothing should be saved or waited for here")


def test_wait_for_a_lock_is_limited(monkeypatch, tmp_path):
    holder, waiting = CacheLock(), CacheLock()
    waits: list[float] = []
    holder.acquire(tmp_path / "lock", waits.append)
    monkeypatch.setattr(cache_lock, "LONGEST_WAIT_S", 0.05)
    waiting.acquire(tmp_path / "lock", waits.append)
    assert len(waits) == 1
    holder.release()
    waiting.acquire(tmp_path / "lock", waits.append)
    assert len(waits) == 1


def test_lock_that_cannot_be_created_delays_nothing(tmp_path):
    CacheLock().acquire(tmp_path / "absent" / "lock", fail_if_called)


def test_nothing_is_cached_without_a_folder(observer, monkeypatch, tmp_path):
    monkeypatch.setattr(compiling._state, "cache_folder", None)
    assert compiled(sum_numbers)(10) == 45
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: b"not a cache",
        lambda data: data[:100] + bytes(len(data) - 100),
    ],
    ids=["empty", "torn", "garbage", "zeros"],
)
def test_damaged_cache_file_is_ignored_and_replaced(observer, tmp_path, damage):
    """P19: a damaged file, as a power cut leaves it, is reported and written anew."""
    compiled(sum_numbers)(10)
    (path,) = tmp_path.glob("cache/*/*.cache")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    calls = observer.calls
    assert compiled(sum_numbers)(10) == 45
    assert observer.calls > calls
    assert len(observer.problems) == 1
    assert "is damaged" in observer.problems[0]
    calls = observer.calls
    assert compiled(sum_numbers)(10) == 45
    assert (observer.calls, len(observer.problems)) == (calls, 1)


def test_valid_file_with_unusable_code_is_ignored(observer, tmp_path):
    """A file with a valid checksum but unusable machine code is reported, not run."""
    compiled(sum_numbers)(10)
    (folder,) = tmp_path.glob("cache/*")
    (path,) = folder.glob("*.cache")
    keys: list[str] = []
    cache = open_cache(tmp_path / "cache", folder.name[-16:], keys.append)
    overloads = compiling._Overloads(sum_numbers)
    from numba import int64

    key = overloads._key((int64,))
    cache.save("sum_numbers", key, b"no machine code")
    assert path.read_bytes().endswith(b"no machine code")
    assert compiled(sum_numbers)(10) == 45
    assert len(observer.problems) == 1


def test_cache_problem_is_reported_once_and_not_raised(observer, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    for _ in range(2):
        assert compiled(sum_numbers)(10) == 45
    assert len(observer.problems) == 1
    assert "cannot be cached" in observer.problems[0]


def test_on_a_full_disk_the_kernel_is_compiled_at_each_start(tmp_path):
    """P19: a cache that cannot be written is reported; no error is raised."""
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "from pathlib import Path; from bot import kernel_cache;"
        "problems = [];"
        f"cache = kernel_cache.open_cache(Path({str(tmp_path)!r}), 'a', problems.append);"
        "cache.save('loop', '()', b'code'); print(cache.load('loop', '()'), *problems)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.startswith("None The compiled kernel cannot be saved in")
    assert not list(tmp_path.glob("*/*"))


def test_cache_folder_of_another_user_is_not_used(tmp_path, monkeypatch):
    """A cache of another user is neither read nor written, as reading it can run code."""
    path = write_cache_file(tmp_path)
    problems: list[str] = []
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    cache = cache_in(tmp_path, problems)
    assert cache.load(NAME, SIGNATURE) is None
    cache.save(NAME, SIGNATURE, b"other")
    assert path.read_bytes().endswith(CODE)
    assert len(problems) == 1
    assert "not a folder of this user alone" in problems[0]


def test_symlinked_cache_folder_is_not_used(tmp_path):
    write_cache_file(tmp_path / "real")
    (tmp_path / "home").symlink_to(tmp_path / "real")
    assert cache_in(tmp_path / "home").load(NAME, SIGNATURE) is None


@pytest.mark.parametrize("which", ["home", "kernel"])
def test_world_writable_folder_is_emptied_and_made_private(tmp_path, which):
    home = tmp_path / "home"
    problems: list[str] = []
    path = write_cache_file(home)
    folder = home if which == "home" else path.parent
    folder.chmod(0o777)
    cache = cache_in(home, problems)
    assert cache.load(NAME, SIGNATURE) is None
    assert len(problems) == 1
    assert folder.stat().st_mode & 0o077 == 0
    cache.save(NAME, SIGNATURE, CODE)
    assert cache_in(home).load(NAME, SIGNATURE) == CODE


def test_world_writable_file_is_not_read(tmp_path):
    path = write_cache_file(tmp_path)
    problems: list[str] = []
    path.chmod(0o666)
    assert cache_in(tmp_path, problems).load(NAME, SIGNATURE) is None
    assert "could have been written by another user" in problems[0]
    assert not path.exists()


def test_concurrent_writers_never_leave_a_partial_file(tmp_path):
    problems: list[str] = []
    loaded = []

    def save_and_load():
        cache = cache_in(tmp_path, problems)
        for _ in range(20):
            cache.save(NAME, SIGNATURE, CODE)
            loaded.append(cache.load(NAME, SIGNATURE))

    threads = [threading.Thread(target=save_and_load) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loaded == [CODE] * 120
    assert not problems
    assert len(list(tmp_path.glob("*/*"))) == 1


def test_old_kernel_folders_are_removed(tmp_path):
    for number in range(MAX_FOLDERS + 3):
        folder = tmp_path / f"kernel-{number:016x}"
        folder.mkdir()
        os.utime(folder, (1e9, 1e9) if number == 5 else None)
    other = tmp_path / "kept-by-another-program"
    other.mkdir()
    write_cache_file(tmp_path)
    names = {path.name for path in tmp_path.glob("kernel-*")}
    assert len(names) == MAX_FOLDERS
    assert "kernel-" + "0" * 16 in names
    assert f"kernel-{5:016x}" not in names
    assert other.exists()


def test_cache_key_depends_only_on_the_kernel(tmp_path):
    for name in (*KERNEL_FILES, "detection/findings.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((PACKAGE / name).read_bytes())
    key = compute_digest(["numba 1"], tmp_path)
    assert key == compute_digest(["numba 1"])
    assert key != compute_digest(["numba 2"], tmp_path)
    (tmp_path / "detection/findings.py").write_text("changed = True\n", "utf-8")
    assert key == compute_digest(["numba 1"], tmp_path)
    for name in KERNEL_FILES:
        before = compute_digest(["numba 1"], tmp_path)
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        assert compute_digest(["numba 1"], tmp_path) != before


def test_each_module_of_the_kernel_is_part_of_the_key():
    """A change to any kernel module changes the cache key, so stale code is not loaded."""
    modules = {
        f"detection/kernel/{path.name}"
        for path in (PACKAGE / "detection" / "kernel").glob("*.py")
        if path.name != "__init__.py"
    }
    assert modules == {name for name in KERNEL_FILES if name.startswith("detection/")}


def test_all_compiled_code_is_part_of_the_cache_key():
    """The cache key covers compiled modules and the detection modules that they import.

    The machine code contains imported constants, so their changes must change the key.
    """
    compiled_files = [
        path
        for path in PACKAGE.rglob("*.py")
        if "bot.compilation import" in path.read_text()
    ]
    names = {str(path.relative_to(PACKAGE)) for path in compiled_files}
    assert len(names) >= 6
    for path in compiled_files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and "detection" in (node.module or ""):
                if node.module == "bot.detection.kernel":
                    names |= {f"detection/kernel/{a.name}.py" for a in node.names}
                else:
                    names.add(f"{str(node.module)[4:].replace('.', '/')}.py")
    assert names <= set(KERNEL_FILES)


def test_observer_can_interrupt_a_compilation(observer):
    """An exception that the observer raises, as after Ctrl-C, ends the compilation."""
    observer.interrupts = True
    function = compiled(sum_numbers)
    with pytest.raises(KeyboardInterrupt):
        function(10)
    assert gc.isenabled()
    observer.interrupts = False
    assert function(10) == 45
    assert gc.isenabled()


def test_inlined_function_keeps_its_name_and_module():
    assert isinstance(_same, CompiledFunction)
    assert _same.py_func(3) == 3
    assert (getattr(_same, "__name__", ""), _same.__module__) == ("_same", __name__)


def test_a_compilation_is_reported_at_once_and_every_five_seconds():
    lines: list[str] = []
    reporter = CompilationReporter(lines.append)
    for tenth in range(125):
        reporter.on_progress(tenth / 10)
    assert lines == [
        "Compiling the detection kernel (once, about 10 s) ...",
        "Compiling the detection kernel: 5 s so far ...",
        "Compiling the detection kernel: 10 s so far ...",
    ]


def test_later_compilation_is_reported_if_it_takes_long():
    lines: list[str] = []
    reporter = CompilationReporter(lines.append)
    for seconds in (0.0, 4.0, 0.0, 0.9):
        reporter.on_progress(seconds)
    assert len(lines) == 1
    reporter.on_progress(1.1)
    reporter.on_progress(1.2)
    assert len(lines) == 2


def test_stop_request_interrupts_a_reported_compilation():
    reporter = CompilationReporter(lambda _: None, is_stopping=lambda: True)
    with pytest.raises(KeyboardInterrupt):
        reporter.on_progress(3.0)


def test_tests_and_commands_share_one_cache():
    assert compiling._state.cache_folder == user_cache.user_folder()
