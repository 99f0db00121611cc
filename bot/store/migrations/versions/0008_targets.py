"""Posts and drafts name the target of their channel. There is no downgrade.

Nothing is rewritten: a post, or a text of a draft, has an unknown target if it lacks
the field. An older program would ignore the field and send a post wherever its channel
points. The new version of the tables prevents this: an older program refuses the store.
"""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change nothing."""
