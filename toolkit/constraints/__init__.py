"""What a target must hold (terms, figures, names), and the faults of a target that does not."""

from toolkit.constraints.constraint import Constraint, Kind, Span
from toolkit.constraints.fault import Fault
from toolkit.constraints.faults import faults_of
from toolkit.constraints.gather import constraints_of, names_in
from toolkit.constraints.kept import places

__all__ = ["Constraint", "Fault", "Kind", "Span", "constraints_of", "faults_of", "names_in", "places"]
