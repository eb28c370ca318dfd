"""The TOML files of policies as the domain's values."""
