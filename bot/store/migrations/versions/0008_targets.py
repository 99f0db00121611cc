"""Posts and drafts name the target of their channel. There is no downgrade.

Nothing is rewritten: a post or a text without the field has an unknown target. An older
program ignores the field and would send a post wherever its channel points. It refuses the
store, because the version of the tables is new.
"""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change nothing."""
