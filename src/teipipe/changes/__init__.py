"""What of a project has changed since a commit, and what that concerns."""
