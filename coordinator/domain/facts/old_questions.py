"""The questions that programs up to now stored as words, word for word, with the code each has today.

The history is sealed, so that rows of before stay as they are: they are read with :func:`read_back`.
"""

OLD_QUESTIONS = (
    ("asked.not_answered", "{label}: not answered"),
    ("asked.not_clear", "{label}: the answer was not clear"),
    ("asked.no_answer_yet", "{label}: no answer yet (“{words}”)"),
    ("asked.tests_ran_out", "Blood tests ran out on {end}: has she newer ones?"),
    ("asked.no_tests", "No blood tests so far: would she have them done?"),
    ("asked.tests_among_them", "Blood tests: ask for every result and its date, {names} among them"),
    ("asked.every_test", "Blood tests: ask for every result and its date"),
    ("asked.first_contact", "Nobody has spoken with her yet: by phone or in person?"),
    (
        "asked.ill_at_home",
        "Has anybody at home been ill since her oldest milk: with what, from when to when?",
    ),
    ("asked.no_car", "No car: who could fetch the milk, or must it be driven there?"),
    ("asked.no_address", "E-mail: “{words}” is not an address"),
    ("asked.no_number", "Phone: “{words}” is not a number"),
    ("asked.which_number", "Phone: “{words}” says more than one number; which is best?"),
    ("asked.no_zip", "ZIP: “{words}” is not a ZIP"),
    ("asked.several_absences", "Away: “{words}” names several absences; only the next is kept"),
    ("asked.oldest_is_younger", "Oldest milk ({first}) is younger than the newest ({last}): which is right?"),
    ("asked.newest_lies_ahead", "Newest milk is dated {day}, which lies ahead: which day is right?"),
    ("asked.birth_lies_ahead", "The baby's birth date ({day}) lies ahead: which day is right?"),
    ("asked.milk_before_birth", "All the milk is older than the baby ({day}): which date is right?"),
    ("asked.some_before_birth", "Some milk is older than her baby ({born}): colostrum, or which date?"),
    ("asked.dairy_both", "Dairy: she says she eats it and that she avoids it. Which is it, since when?"),
    ("asked.which_dairy", "Dairy: {what}. Which is it, since when?"),
    ("asked.sterile", "{what}: sterile, by somebody licensed?"),
    ("asked.still_pumping", "{newer}: is she still pumping, and has anything changed?"),
    ("asked.health", "Is the baby at home and well?"),
    ("asked.ill", "The request mentions {words}. {asked}"),
    ("asked.notes_mention", "Notes mention “{words}”: {asked}"),
    ("asked.column_mentions", "Another column mentions “{words}”: {asked}"),
    ("asked.formula_in_notes", "Notes mention {what}: {asked}"),
    ("asked.formula_in_reason", "Why donor milk: mentions {what}: {asked}"),
    ("asked.formula_told", "They mention {what}: {asked}"),
    ("asked.how_many_babies", "How many babies are to be fed?"),
    ("asked.two_names", "Two names: is there more than one baby?"),
    (
        "asked.form_tells_otherwise",
        "The form of {name} tells {field}: {new}; here it is {old}. What is so?",
    ),
    (
        "asked.older_stock",
        "The form of {on} tells {amount} at home, and later figures are known: how much milk is there now?",
    ),
    ("asked.not_taken_over", "The form's “{field}: {told}” could not be taken over. {refusal} What is so?"),
    ("asked.not_merged", "Should be one family with {name}, but could not be merged. {refusal}"),
    ("asked.lot_otherwise", "The form tells {lot} otherwise now. {problem} What is there?"),
    (
        "asked.less_than_held_and_gone",
        (
            "She now tells {told} oz, but {held} oz of {lot} are held or agreed and {gone} oz were carried "
            "away since: how much is there?"
        ),
    ),
    (
        "asked.less_than_held",
        "She now tells {told} oz, but {held} oz of {lot} are held or agreed: how much is there?",
    ),
    (
        "asked.which_lot_changed",
        "The form now tells other milk, and there are several lots: which one changed?",
    ),
    ("asked.told_twice", "{one} and {other} were two answers: are any of the bags told twice?"),
    ("asked.told_differently", "{field}: {one} told “{told}” and {other} “{otherwise}”; which is right?"),
    ("asked.read_as", "{label}: “{words}” was read as {day}; is that right?"),
    ("asked.about_answer", "{label}: {asked}? (“{words}”)"),
    ("asked.what_is_meant", "{label}: what does “{words}” mean?"),
)
"""Code and words; the first that fits is it, so that the plainer ones stand last."""
