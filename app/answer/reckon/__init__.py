"""Answers that are reckoned over the ledger: lists by place, sums, comparisons, changes."""
