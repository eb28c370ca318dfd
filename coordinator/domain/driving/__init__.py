"""How long a drive takes: the estimate, a road server's answer, the odometers read.

Who drives where and when stands in ``pickups``.
"""
