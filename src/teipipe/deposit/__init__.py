"""Deposits: what goes into the package for an archive, and what it says of itself."""

from teipipe.deposit.settings import NO_DEPOSIT, Deposit

__all__ = ["NO_DEPOSIT", "Deposit"]
