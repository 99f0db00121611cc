"""What several channels use: options, uploads and reading back."""
