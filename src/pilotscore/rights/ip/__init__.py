"""Periods, fees and states of intellectual property rights, and what they say of a result."""

from pilotscore.rights.ip.assessed import IpAssessment, assess_ip, running_periods

__all__ = ["IpAssessment", "assess_ip", "running_periods"]
