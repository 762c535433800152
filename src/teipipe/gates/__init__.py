"""Which findings count: what a document itself excuses, what a run selects, what a baseline knows already."""
