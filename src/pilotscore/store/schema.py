"""The tables of a store in one SQLite file, plain enough for any tool that reads SQLite.

What people ask for of a result (grade, index, decision, award, milestones, outcomes) is in rows.
The values, scores and evidence of an indicator over a round stand in one JSON array each: a million
results by forty indicators are a hundred and twenty arrays, read in seconds, and not a hundred and
twenty million rows. The view ``scored`` gives them in rows all the same, by ``json_each`` (SQLite
3.38 or later): ``SELECT id, value FROM scored WHERE kind = 'score' AND name = 'trl_level'``.
"""

from __future__ import annotations

APPLICATION_ID = 0x70696C74  # "pilt": a store of pilotscore, and no other SQLite file

_FIRST = (
    """CREATE TABLE criteria (
        sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, version TEXT NOT NULL, text TEXT NOT NULL)""",
    """CREATE TABLE rounds (
        number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        title_zh TEXT NOT NULL, title_en TEXT NOT NULL, as_of TEXT NOT NULL,
        criteria TEXT NOT NULL REFERENCES criteria (sha256),
        policy_id TEXT, policy_version TEXT, policy_sha256 TEXT,
        call_id TEXT, call_version TEXT, call_sha256 TEXT,
        unit TEXT NOT NULL, results INTEGER NOT NULL, funded INTEGER NOT NULL,
        awarded_fen INTEGER NOT NULL, parent TEXT NOT NULL, head TEXT, file BLOB NOT NULL)""",
    """CREATE TABLE results (
        round INTEGER NOT NULL REFERENCES rounds (number), place INTEGER NOT NULL,
        id TEXT NOT NULL, title TEXT NOT NULL, rank INTEGER NOT NULL, grade TEXT,
        status TEXT NOT NULL, "index" REAL, low REAL, high REAL,
        PRIMARY KEY (round, place)) WITHOUT ROWID""",
    "CREATE INDEX results_by_id ON results (id)",
    """CREATE TABLE arrays (
        round INTEGER NOT NULL REFERENCES rounds (number), kind TEXT NOT NULL,
        name TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (round, kind, name))""",
    """CREATE TABLE decisions (
        round INTEGER NOT NULL, place INTEGER NOT NULL, status TEXT NOT NULL,
        award_fen INTEGER NOT NULL, level TEXT NOT NULL, chance REAL,
        discussed INTEGER NOT NULL, drawn INTEGER NOT NULL, by_hand INTEGER NOT NULL,
        PRIMARY KEY (round, place), FOREIGN KEY (round, place) REFERENCES results (round, place)
        ) WITHOUT ROWID""",
    """CREATE TABLE milestones (
        round INTEGER NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
        fen INTEGER NOT NULL, stage TEXT NOT NULL, months INTEGER,
        shows_zh TEXT NOT NULL, shows_en TEXT NOT NULL, PRIMARY KEY (round, place, number),
        FOREIGN KEY (round, place) REFERENCES results (round, place)) WITHOUT ROWID""",
    """CREATE TABLE follow_ups (
        number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, day TEXT NOT NULL,
        file TEXT NOT NULL, sha256 TEXT NOT NULL)""",
    """CREATE TABLE milestone_reports (
        follow_up INTEGER NOT NULL REFERENCES follow_ups (number), round TEXT NOT NULL,
        result TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL, value TEXT NOT NULL,
        day TEXT NOT NULL, document TEXT NOT NULL, place TEXT NOT NULL)""",
    """CREATE TABLE outcome_reports (
        follow_up INTEGER NOT NULL REFERENCES follow_ups (number), round TEXT NOT NULL,
        result TEXT NOT NULL, outcome TEXT NOT NULL, state TEXT NOT NULL, value REAL,
        day TEXT NOT NULL, document TEXT NOT NULL, place TEXT NOT NULL)""",
    """CREATE TABLE match_reports (
        follow_up INTEGER NOT NULL REFERENCES follow_ups (number), need TEXT NOT NULL,
        result TEXT NOT NULL, state TEXT NOT NULL, day TEXT NOT NULL, document TEXT NOT NULL,
        place TEXT NOT NULL)""",
    """CREATE VIEW scored AS
        SELECT a.round, r.place, r.id, a.kind, a.name, j.value
        FROM arrays a JOIN json_each(a.data) j
        JOIN results r ON r.round = a.round AND r.place = j.key""",
)
# Each entry leads from the version before it; a file says in user_version how far it is.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
