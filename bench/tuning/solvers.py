"""SciPy and Optuna on the bench's simulations: writes places as a JSON line, reads the gaps as one.

Usage: solvers.py brentq|least_squares|tpe GAPS_OF_TODAY TOLERANCE. The bench ends the process when a trial is within tolerance.
"""
import json
import sys


def ask(places):
    print(json.dumps([float(place) for place in places]), flush=True)
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return json.loads(line)


def brentq(today):
    """Figure after figure, the later ones staying where they are."""
    from scipy.optimize import brentq as solve

    places = [0.0] * len(today)
    for index in range(len(today)):

        def gap(place, index=index):
            places[index] = place
            found = ask(places)[index]
            return 0.0 if abs(found) <= tolerance else found

        try:
            places[index] = solve(gap, -1, 1, xtol=1e-3)
        except ValueError:
            return


def least_squares(today):
    from scipy.optimize import least_squares as solve

    # Steps of two hundredths of the room: SciPy's own, 1e-8, are below the levers' six decimals. They are relative to
    # the variable, so it is counted from -2.
    solve(lambda shifted: ask(shifted - 2), [2.0] * len(today), bounds=(1, 3), diff_step=0.01)


def tpe(today):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def worst(trial):
        return max(abs(gap) for gap in ask([trial.suggest_float(f"year{index}", -1, 1) for index in range(len(today))]))

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    study.optimize(worst, n_trials=1000)


tolerance = float(sys.argv[3])
{"brentq": brentq, "least_squares": least_squares, "tpe": tpe}[sys.argv[1]](json.loads(sys.argv[2]))
