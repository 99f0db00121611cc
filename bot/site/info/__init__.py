"""The pages that explain the product and account for it."""
