"""Empties the database after a test that committed, in the place of Django's own way.

Django empties every table and then writes the names of all content types and permissions anew, which takes longer than most
tests. These are the same before and after; here they stay, and only tables that hold something are emptied.
"""

from __future__ import annotations

import functools

from django.db import connections, transaction
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""What migrations wrote, and no test changes."""


@functools.cache
def _tables(alias: str) -> list[str]:
    names = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - KEPT)


def empty(case: TransactionTestCase) -> None:
    """Deletes every row that a test may have left, in every database that it may use."""
    for alias in case._databases_names(include_mirrors=False):
        connection = connections[alias]
        names = {connection.ops.quote_name(table): table for table in _tables(alias)}
        question = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for name, table in names.items()
        )
        # References are checked at the end of the transaction, so the order is free.
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute(question)
            for (table,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
