"""A whole fictional session, played from plan to report in a folder of its own. Every family in it is invented."""
