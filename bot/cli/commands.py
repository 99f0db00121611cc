"""The commands without sub-commands: their arguments, options and help texts.

Each command imports its implementation when it runs, because the implementations load
numpy, numba and other slow packages.
"""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer, echo

from bot.characters import escape_hidden
from bot.cli.options import ConfigOption, RecordingArgument, format_examples
from bot.replay.faults import ServerFault


def add_to(app: Typer) -> None:
    """Add the commands, in the order in which the help lists them."""
    app.command("run", epilog=_RUN)(run)
    app.command("demo", epilog=_DEMO)(demo)
    app.command("replay", epilog=_REPLAY)(replay)
    app.command("drill", epilog=_DRILL)(drill)
    app.command("preview", epilog=_PREVIEW)(preview)
    app.command("backtest", epilog=_BACKTEST)(backtest)
    app.command("serve-recording", epilog=_SERVE)(serve_recording)
    app.command("check-config", epilog=_CHECK)(check_config)


def run(
    config: ConfigOption = None,
    *,
    once: Annotated[
        bool,
        Option(
            "--once",
            help="Read, decide and post once, then exit; exit code 1 if that failed.",
        ),
    ] = False,
) -> None:
    """Watch connectivity, decide, draft and post until stopped.

    Without a configuration, the program watches all countries with IODA, keeps
    everything in your data folder, posts nothing, leaves every draft waiting for a
    person, and serves the site on this machine if port 8080 is free.

    SIGTERM or Ctrl-C stops the program after the current tick (one pass of reading,
    deciding and posting). The next start continues where this run stopped.
    """
    from bot.cli import run as implementation

    implementation.run(config, once=once)


_RUN = format_examples("outagewire run", "outagewire run --config config.toml --once")


def demo(
    port: Annotated[
        # Port 0 (any free port) is not allowed: the pages contain their own address,
        # and they are written before the port is opened.
        int, Option("--port", min=1, max=65535, help="Serve the site on this port.")
    ] = 8080,
    out: Annotated[
        Path, Option("--out", help="Write the site and the posts to this folder.")
    ] = Path("demo-out"),
    *,
    once: Annotated[
        bool, Option("--once", help="Exit when the recording ends.")
    ] = False,
) -> None:
    """Watch a reconstructed blackout, without a network.

    A server on this machine replays a reconstruction of the blackout in
    Kazakhstan in January 2022 at high speed. The live code reads from this server,
    decides, draws charts, writes the site and posts to a file. No account is
    needed. Then the command serves the site until Ctrl-C.
    """
    from bot.cli import demo as implementation

    implementation.demo(port, out, once=once)


_DEMO = format_examples("outagewire demo", "outagewire demo --once --out demo-out")


def replay(
    recording: RecordingArgument,
    out: Annotated[Path, Option("--out", help="Write the results to this folder.")],
    config: ConfigOption = None,
) -> None:
    """Show what would have been published during a recording.

    The recording is replayed through the live code. The results are
    incidents.json, decisions.jsonl, posts.jsonl, charts/ and site/.
    """
    from bot.cli import replay as implementation

    # A replay has its own policy, and a file as its only channel. The configuration
    # gives the rest, such as the thresholds.
    implementation.replay(recording, out, config)


_REPLAY = format_examples("outagewire replay recordings/iran-2026-01 --out out")


def drill(
    recording: RecordingArgument,
    out: Annotated[
        Path, Option("--out", help="Write the posts, messages and site to this folder.")
    ],
    config: ConfigOption = None,
) -> None:
    """Replay a recording under your own policy, as an exercise.

    Your policy is read from the configuration. Nothing leaves this machine: the
    posts of each channel, and the messages to the editors, are written to files in
    the folder of --out. Each post and page says that it is a drill.
    """
    from bot.cli import replay as implementation

    implementation.drill(recording, out, config)


_DRILL = format_examples(
    "outagewire drill recordings/iran-2026-01 --config config.toml --out drill"
)


def preview(
    what: Annotated[
        str,
        Argument(
            metavar="INCIDENT|RECORDING",
            help="The id of a stored incident, or the folder of a recording.",
        ),
    ],
    lang: Annotated[
        list[str] | None,
        Option(
            "--lang",
            help="A language code, or all. Can be given several times.  [default: en]",
        ),
    ] = None,
    channel: Annotated[
        list[str] | None,
        Option(
            "--channel",
            help="A channel, a kind of channel, or all. Can be given several times."
            "  [default: all]",
        ),
    ] = None,
    out: Annotated[
        Path | None, Option("--out", help="Also write a web page to this folder.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Show every text and picture of an incident. Publish nothing.

    Each text is shown with its length and with the claims that the facts do not
    support. A recording is replayed first, and all its incidents are shown.

    The texts are written for the channels in your configuration. If it has no channel,
    or only channels of the kind `file`, texts for every kind of channel are shown.
    """
    from bot.cli import preview as implementation

    implementation.preview(what, lang or ["en"], channel or ["all"], out, config)


_PREVIEW = format_examples(
    "outagewire preview IR-2026-0108 --lang fa --lang en --channel x",
    "outagewire preview recordings/iran-2026-01 --lang all --out preview",
)


def backtest(  # noqa: PLR0913 - each is an option of the command line
    out: Annotated[
        Path, Option("--out", help="Write the scores and the page to this folder.")
    ],
    recordings: Annotated[
        list[Path] | None,
        Argument(help="Recordings, or folders that contain recordings."),
    ] = None,
    labels: Annotated[
        Path | None,
        Option("--labels", help="A CSV file of the outages known to have happened."),
    ] = None,
    # The default depends on --labels, so the implementation looks for the file.
    audit: Annotated[
        Path | None,
        Option(
            "--audit",
            help="A CSV file of people's judgements of events without a label."
            "  [default: audit.csv beside the labels, if it exists]",
        ),
    ] = None,
    candidate: Annotated[
        Path | None,
        Option(
            "--candidate",
            help="A TOML file of candidate rules, scored beside the live ones.",
        ),
    ] = None,
    *,
    sentences: Annotated[
        str,
        Option(
            "--sentences",
            help="Check the posts about generated worlds too: worlds 1 to N (write N),"
            " or N to M (write N-M).",
        ),
    ] = "",
    workers: Annotated[
        int | None,
        Option(
            "--workers",
            min=1,
            help="Check the worlds in this many processes."
            "  [default: the number of processors]",
        ),
    ] = None,
) -> None:
    """Score the rules on labelled recordings.

    The rules see each reading only from the time at which it was due. Simpler
    rules are scored on the same readings for comparison.

    The command writes score.json, audit.csv, style.css, outagewire.js and the page
    scorecard/index.html. audit.csv lists the events without a label: fill it in
    and keep it beside the labels. If the folder of --out has a benchmark.json, the
    page shows its results too. Without recordings, only the page, style.css and
    outagewire.js are written.

    Candidate rules are scored and shown, but never publish anything. Their file gives
    a name and the values that differ from the live rules.

    With --sentences, the whole program runs over generated worlds: made-up readings
    with known outages. Every sentence of its posts, pages and alt texts is compared
    with the truth. The command prints each false sentence with the number of its
    world, and writes sentences.json, which the page shows. After Ctrl-C, the result
    covers the worlds that were checked. If you run the same command again, it checks
    the remaining worlds, or all worlds if the program has changed since.
    """
    from bot.cli.scoring import backtest as implementation
    from bot.cli.scoring import sentences as oracle

    # The range is read first: an invalid range must end the command before the long
    # run.
    worlds = oracle.parse_worlds(sentences)
    check = partial(oracle.check_worlds, out, worlds, workers or os.cpu_count() or 1)
    implementation.backtest(
        out, recordings, labels, audit, candidate, check if worlds else lambda: None
    )


_BACKTEST = (
    format_examples(
        "outagewire backtest recordings/* --labels labels/incidents.csv --out score",
        "outagewire backtest recordings/* --labels incidents.csv"
        " --candidate candidate.toml --out score",
        "outagewire backtest --sentences 100 --out score",
    )
    + """

\b
A file of candidate rules:
  name = "later-probing"
  [thresholds]
  hold = "2h"
  limits.active-probing = { on = 0.75, off = 0.9 }
  [pace]
  update_every = "12h"
"""
)


def serve_recording(
    recording: RecordingArgument,
    port: Annotated[
        # 0 is allowed: the printed configuration names the port that was chosen.
        int,
        Option(
            "--port", min=0, max=65535, help="Serve on this port; 0 chooses a free one."
        ),
    ] = 8765,
    factor: Annotated[
        float,
        Option(
            "--factor",
            # With the largest factor, the clock passes the last year of `datetime`,
            # 9999, after about three days; with a larger one, even sooner.
            min=0.001,
            max=1e6,
            help="Run the server's clock this many times as fast as real time.",
        ),
    ] = 1.0,
    fault: Annotated[
        ServerFault | None, Option("--fault", help="Imitate this server fault.")
    ] = None,
    at: Annotated[
        str | None,
        Option(
            "--at",
            help="Start the server's clock at this ISO 8601 time.  [default: 28 days after the"
            " recording begins, or at its middle if that is earlier]",
        ),
    ] = None,
) -> None:
    """Serve a recording over HTTP, as IODA would.

    Each reading is served once its publication lag has passed on the server's
    clock. The command prints the configuration with which `outagewire run` reads
    from this server.
    """
    from bot.cli import replay as implementation

    implementation.serve_recording(recording, port, factor, fault, at)


_SERVE = format_examples(
    "outagewire serve-recording recordings/iran-2026-01 --factor 3600",
    "outagewire serve-recording recordings/iran-2026-01 --port 0 --fault html",
)


def check_config(
    file: Annotated[
        Path | None,
        Argument(help="A TOML file; without it, the defaults are checked."),
    ] = None,
    *,
    as_json: Annotated[
        bool, Option("--json", help="Print every key with its value, as JSON.")
    ] = False,
) -> None:
    """Check a configuration, and say what it does.

    If the configuration is invalid, every error is reported at once. Secrets are never
    printed. Warnings go to standard error.
    """
    from bot.config import loading as config
    from bot.config.warnings import warnings

    settings = config.load_config(file)
    for warning in warnings(settings):
        echo(escape_hidden(f"warning: {warning}"), err=True)
    if as_json:
        # Secrets are of a type that pydantic prints as asterisks.
        echo(settings.model_dump_json(indent=2))
        return
    from bot.config.summary import summary

    echo(f"{file or 'The defaults'}: no errors.")
    for line in summary(settings, file):
        echo(line)


_CHECK = format_examples(
    "outagewire check-config config.toml", "outagewire check-config config.toml --json"
)
