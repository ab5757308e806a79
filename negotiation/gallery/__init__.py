"""Finished games that whoever ran them has made public: a list, a replay, and a replay for other sites."""
