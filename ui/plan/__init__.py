"""The plan for the whole network: asked for, looked at, bent by pins, and held.

How a plan is found stands in ``coordinator.domain.planning``; nothing here reckons with milk.
"""
