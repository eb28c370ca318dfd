"""Two families who share milk: their page, and what is written down on it.

Other rooms open it by ``desk.pair_wanted``; standing pairs and asking after are ``ui.cases``.
"""
