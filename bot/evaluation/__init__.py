"""Evaluation of detection: backtest, metrics, scorecard."""
