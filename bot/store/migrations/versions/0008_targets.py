"""Posts and drafts name the target of their channel. There is no downgrade.

Nothing is rewritten: a post or a text without the field has an unknown target. The version
is new so that an older program, which would send a post to whatever target its channel
has, refuses the store.
"""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change nothing."""
