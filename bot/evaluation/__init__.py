"""How often the bot is right: backtest, metrics, scorecard."""
