"""Who works at this terminal."""

from __future__ import annotations

import getpass

UNKNOWN = "未知用户"


def user_name() -> str:
    """The name of the account at this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a service account without a name
        return UNKNOWN
