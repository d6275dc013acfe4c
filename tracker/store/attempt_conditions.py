"""Conditions on attempts that more than one question asks: was it taken back, is its version void."""

from sqlalchemy import select

from tracker.store.tables import AttemptRow, ItemVersionRow, RetractionRow

RETRACTED = (
    select(RetractionRow.attempt_id)
    .where(RetractionRow.user_id == AttemptRow.user_id, RetractionRow.attempt_id == AttemptRow.id)
    .exists()
)
TO_A_VOID_VERSION = (
    select(ItemVersionRow.item_id)
    .where(
        ItemVersionRow.item_id == AttemptRow.item_id,
        ItemVersionRow.version == AttemptRow.item_version,
        ItemVersionRow.void.is_(True),
    )
    .exists()
)
