"""What the pages share; nothing here knows a page.

==================  ==========================================================================
label               ``Label``: text, never markup; ``literal`` for buttons, ``one_line`` for rows
columns             ``Column``, ``PreparedRows``, ``prepare_rows`` (any thread), ``fold``
row_model           ``RowTableModel``: rows of plain values, sorted and filtered by itself
row_table           ``RowTable``: the view; ``row_chosen(key)``, ``row_opened(key)``, remembers its header
list_pane           ``ListPane``: title, count, search, filter chips, main action, table, empty state
empty_state         ``EmptyState``: a sentence and the buttons that fill the list
search_field        ``SearchField``: 120 ms after the last letter ``searched(text)``
filter_chips        ``FilterChips``, ``Filter``: chips removable one by one, and the menu that adds them
fold                ``Fold``: lines behind one line of words
flow_layout         ``FlowLayout``: left to right, then the next line
edit_field          ``EditField``, ``LineField``, ``TextField``: save when left, keep what is wrong
value_fields        ``ChoiceField``, ``YesNoAskField``, ``DateField``, ``VolumeField``, ``DistanceField``,
                    ``NumberField``, ``PhoneField``
field_form          ``FieldForm``: label, field and message; accessible names from the label
detail_pane         ``DetailPane``: name, code and tabs
detail_split        ``DetailSplit``: the pane beside the list, or over it in a narrow window
navigation          ``Navigation``: icon and word, or the rail
finder              ``Finder``, ``FinderHit``: Ctrl+K
status_line         ``StatusLine``: counts, undo, lock, backup, units, progress with Cancel
notice              ``NoticeLine``: what happened, in the window, never modal
shortcut_sheet      ``ShortcutSheet``: every key, from the actions registered
clipboard           ``neutralised``, ``as_tsv``
==================  ==========================================================================

Around them: ``ui.theme`` (tokens, ``set_role``), ``ui.icons``, ``ui.units.Display``, ``ui.tasks.Runner``,
``ui.errors.explain``, and ``ui.window.main_window.MainWindow``, the frame.
"""
