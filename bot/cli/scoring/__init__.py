"""The implementation of `outagewire backtest`: scores of the rules and of the sentences."""
