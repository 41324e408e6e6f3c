"""A package of its own: one of our dependencies installs another folder of this name, which would be found instead."""
