"""The commands that have no sub-commands: what they take and what their help says.

Nothing heavy is imported here: a command imports its work when it runs.
"""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer, echo

from bot.cli.options import ConfigOption, RecordingArgument, examples
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
    once: Annotated[bool, Option("--once", help="Do one round, then stop.")] = False,
) -> None:
    """Watch, decide, draft and post, until somebody stops it.

    Without a configuration it watches all countries with IODA, keeps everything
    under `var/`, sends nothing anywhere, and every draft waits for a person.

    SIGTERM or Ctrl-C stops it after the present round. The next start continues
    where it stopped.
    """
    from bot.cli import run as running

    running.run(config, once=once)


_RUN = examples("outagewire run", "outagewire run --config config.toml --once")


def demo(
    port: Annotated[int, Option("--port", help="Serve the site on this port.")] = 8080,
    out: Annotated[
        Path, Option("--out", help="Write the site and the posts to this folder.")
    ] = Path("demo-out"),
    *,
    once: Annotated[
        bool, Option("--once", help="Exit when the recording ends.")
    ] = False,
) -> None:
    """Watch a reconstructed blackout, without a network.

    It is Kazakhstan in January 2022; you need no account. A replay server on this machine serves the reconstruction. The real loop watches
    it at high speed, decides, draws, writes and posts to a file. Then the command
    serves the site until Ctrl-C.
    """
    from bot.cli import replay as playing

    playing.demo(port, out, once=once)


_DEMO = examples("outagewire demo", "outagewire demo --once --out demo-out")


def replay(
    recording: RecordingArgument,
    out: Annotated[Path, Option("--out", help="Write the results to this folder.")],
    config: ConfigOption = None,
) -> None:
    """Play a recording: what would we have said, and when?

    The live code plays it. It writes incidents.json, decisions.jsonl, posts.jsonl, charts/ and site/.
    """
    from bot.cli import replay as playing

    playing.replay(recording, out, config)


_REPLAY = examples("outagewire replay recordings/iran-2026-01 --out out")


def drill(
    recording: RecordingArgument,
    out: Annotated[Path, Option("--out", help="Write everything to this folder.")],
    config: ConfigOption = None,
) -> None:
    """Play a recording as an exercise with your own policy.

    Nothing leaves this machine. Every channel is a file in the folder of --out, letters to the editors too.
    Everything that it writes says that it is a drill.
    """
    from bot.cli import replay as playing

    playing.drill(recording, out, config)


_DRILL = examples(
    "outagewire drill recordings/iran-2026-01 --config config.toml --out drill"
)


def preview(
    what: Annotated[
        str,
        Argument(metavar="INCIDENT|RECORDING", help="An incident's id, or a folder."),
    ],
    lang: Annotated[
        list[str] | None,
        Option(
            "--lang",
            help="The code of a language, or all. Repeat it for several."
            "  [default: en]",
        ),
    ] = None,
    channel: Annotated[
        list[str] | None,
        Option(
            "--channel",
            help="A channel or a kind of channel, or all. Repeat it for several."
            "  [default: all]",
        ),
    ] = None,
    out: Annotated[
        Path | None, Option("--out", help="Write a page to this folder, too.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Show every text and picture of an incident.

    It shows their lengths and the claims that nothing backs. It takes an incident of the store, or a recording, which it replays. Nothing
    leaves this machine. It shows your channels with their limits. Where you
    configured none, it shows every kind of channel.
    """
    from bot.cli import preview as previewing

    previewing.preview(what, lang or ["en"], channel or ["all"], out, config)


_PREVIEW = examples(
    "outagewire preview IR-2026-0108 --lang fa --lang en --channel x",
    "outagewire preview recordings/iran-2026-01 --lang all --out preview",
)


def backtest(
    out: Annotated[
        Path, Option("--out", help="Write score.json and scorecard/ to this folder.")
    ],
    recordings: Annotated[
        list[Path] | None, Argument(help="Recordings, or folders that hold some.")
    ] = None,
    labels: Annotated[
        Path | None, Option("--labels", help="A CSV file of the real outages.")
    ] = None,
    audit: Annotated[
        Path | None,
        Option(
            "--audit",
            help="A CSV file of what people decided about events without a label."
            "  [default: audit.csv beside the labels, if it is there]",
        ),
    ] = None,
    shadow: Annotated[
        Path | None,
        Option("--shadow", help="A TOML file of rules on trial, shown beside ours."),
    ] = None,
) -> None:
    """Score the rules on labelled recordings.

    It scores simpler rules beside them. The rules see every reading only once it was due. The command writes score.json,
    audit.csv, scorecard/ and style.css. audit.csv lists the events without a label:
    fill it in and keep it beside the labels. The page also shows a benchmark.json of
    the same folder. Without recordings the page says so.

    Rules on trial run in shadow: the command scores and shows them, and they publish
    nothing. Their file has a name and the numbers that differ.
    """
    from bot.cli import backtest as proving

    proving.backtest(out, recordings, labels, audit, shadow)


_BACKTEST = (
    examples(
        "outagewire backtest recordings/* --labels labels/incidents.csv --out score",
        "outagewire backtest recordings/* --labels incidents.csv --shadow trial.toml"
        " --out score",
    )
    + """

\b
A file of rules on trial:
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
        int, Option("--port", help="Serve on this port; 0 takes any free one.")
    ] = 8765,
    factor: Annotated[
        float, Option("--factor", help="Let time run this many times faster.")
    ] = 1.0,
    fault: Annotated[
        ServerFault | None, Option("--fault", help="Misbehave in this way.")
    ] = None,
    at: Annotated[
        str | None,
        Option(
            "--at",
            help="Start the clock at this ISO 8601 time.  [default: after 28 days]",
        ),
    ] = None,
) -> None:
    """Serve a recording over HTTP, as IODA would.

    It serves each bin once it is due. It prints the configuration with which `outagewire run` watches it.
    """
    from bot.cli import replay as playing

    playing.serve_recording(recording, port, factor, fault, at)


_SERVE = examples(
    "outagewire serve-recording recordings/iran-2026-01 --factor 3600",
    "outagewire serve-recording recordings/iran-2026-01 --port 0 --fault html",
)


def check_config(
    file: Annotated[Path | None, Argument(help="A TOML file.")] = None,
) -> None:
    """Check a configuration and show what it says.

    It names everything that is wrong with it. Without a file it shows the defaults. It never shows a secret.
    """
    from bot.config import loading as config

    echo(config.load(file).model_dump_json(indent=2))


_CHECK = examples("outagewire check-config", "outagewire check-config config.toml")
