"""The command `outagewire serve`."""

from typing import Annotated

from typer import Option, Typer, echo

from bot.cli.options import ConfigOption, format_examples


def add_to(app: Typer) -> None:
    """Add the command."""
    app.command("serve", epilog=_EXAMPLES)(serve)


def serve(
    host: Annotated[
        str | None,
        Option(
            "--host",
            help="Listen on this address.  [default: that of [server], or 127.0.0.1]",
        ),
    ] = None,
    port: Annotated[
        int | None,
        Option(
            "--port",
            min=0,
            max=65535,
            help="Listen on this port; 0 chooses a free one."
            "  [default: that of [server], or 8080]",
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Serve the report site and its API until stopped.

    /health says whether the loop of `outagewire run` still writes the site, and /events
    sends new steps of incidents as server-sent events.
    """
    from bot.cli.output.console import configure_logging
    from bot.config.loading import load_config
    from bot.server.serving import serve_until_stopped

    settings = load_config(config)
    configure_logging(settings.log)
    serve_until_stopped(settings, host, port, echo)


_EXAMPLES = format_examples(
    "outagewire serve", "outagewire serve --config config.toml --port 8000"
)
