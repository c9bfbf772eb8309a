"""The tests mirror the source: each module has a test file of its name, or a line here says which covers it."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "pilotscore"
TESTS = ROOT / "tests"
# Folders of tests that stand for no room: what the shipped examples come to, and the published cases.
OF_NO_ROOM = {"examples", "published"}

# module: the test file that covers it, where that has another name.
COVERED_BY = {
    "__main__": "cli/test_commands.py",
    "allocation/conflicts": "allocation/test_portfolio.py",
    "allocation/dual": "allocation/test_portfolio.py",
    "allocation/holding": "allocation/test_portfolio.py",
    "allocation/milp": "allocation/test_portfolio.py",
    "allocation/prices": "allocation/test_portfolio.py",
    "allocation/problem": "allocation/test_portfolio.py",
    "allocation/symmetry": "allocation/test_portfolio.py",
    "allocation/walk": "allocation/test_portfolio.py",
    "arrays": "index/test_aggregate.py",
    "cli/bilingual": "cli/test_commands.py",
    "cli/criteria": "cli/test_commands.py",
    "cli/demo": "cli/test_commands.py",
    "cli/dialogue": "cli/test_assess.py",
    "cli/main": "cli/test_commands.py",
    "cli/map": "cli/test_reading.py",
    "cli/panel_options": "cli/test_panel_assign.py",
    "cli/panel_values": "cli/test_panel.py",
    "cli/rank": "cli/test_commands.py",
    "cli/rights_options": "cli/test_ip.py",
    "cli/rounds_anchored": "runs/test_anchored.py",
    "cli/rounds_compared": "runs/test_round_comparison.py",
    "cli/running": "cli/test_commands.py",
    "cli/score": "cli/test_commands.py",
    "cli/screen": "cli/test_commands.py",
    "cli/shared": "cli/test_commands.py",
    "cli/shells": "cli/test_completion.py",
    "cli/stores": "cli/test_rounds_kept.py",
    "crew": "workbook/results/test_workers.py",
    "criteria/call_loader": "criteria/test_call.py",
    "criteria/call_starter": "cli/test_call.py",
    "criteria/checks/call": "criteria/test_call.py",
    "criteria/checks/call_money": "criteria/test_call.py",
    "criteria/checks/call_names": "criteria/test_call.py",
    "criteria/checks/conditions": "criteria/test_loader.py",
    "criteria/checks/deriving": "criteria/test_deriving.py",
    "criteria/checks/fault": "criteria/test_loader.py",
    "criteria/checks/grades": "criteria/test_loader.py",
    "criteria/checks/measuring": "criteria/test_measuring.py",
    "criteria/checks/names": "criteria/test_call.py",
    "criteria/checks/outline": "criteria/test_loader.py",
    "criteria/checks/panel": "runs/test_panel_rules.py",
    "criteria/checks/policy": "criteria/test_loader.py",
    "criteria/checks/reach": "criteria/test_rules.py",
    "criteria/checks/value_functions": "criteria/test_loader.py",
    "criteria/checks/weights": "criteria/test_loader.py",
    "criteria/decision_methods": "criteria/test_loader.py",
    "criteria/difference_words": "criteria/test_differences.py",
    "criteria/file_kinds": "cli/test_usage.py",
    "criteria/files": "criteria/test_loader.py",
    "criteria/kinds": "criteria/test_loader.py",
    "criteria/legal/kinds": "criteria/legal/test_holidays.py",
    "criteria/legal/rule_files": "criteria/legal/test_holidays.py",
    "criteria/legal/user_folder": "criteria/legal/test_holidays.py",
    "criteria/model": "criteria/test_loader.py",
    "criteria/names": "criteria/test_starter.py",
    "criteria/outcomes": "cli/test_rounds_kept.py",
    "criteria/panel": "runs/test_panel_rules.py",
    "criteria/parts": "criteria/test_loader.py",
    "criteria/places": "criteria/test_loader.py",
    "criteria/policy": "criteria/test_loader.py",
    "criteria/reweighted": "cli/test_weights.py",
    "criteria/robustness": "criteria/test_differences.py",
    "criteria/scales": "criteria/test_loader.py",
    "criteria/schema": "cli/test_commands.py",
    "criteria/settings": "criteria/test_call.py",
    "criteria/shipped": "criteria/test_shipped_sets.py",
    "criteria/structure": "criteria/test_loader.py",
    "criteria/uncertainty": "workbook/values/test_spread.py",
    "criteria_book/addresses": "criteria_book/test_criteria_book.py",
    "criteria_book/automatic": "criteria_book/test_criteria_book.py",
    "criteria_book/cells": "criteria_book/test_criteria_book.py",
    "criteria_book/check": "criteria_book/test_criteria_book.py",
    "criteria_book/draft": "criteria_book/test_criteria_book.py",
    "criteria_book/guide": "criteria_book/test_criteria_book.py",
    "criteria_book/kinds": "criteria_book/test_criteria_book.py",
    "criteria_book/layout": "criteria_book/test_criteria_book.py",
    "criteria_book/lines": "criteria_book/test_criteria_book.py",
    "criteria_book/list_header": "criteria_book/test_indicator_list.py",
    "criteria_book/reading": "criteria_book/test_criteria_book.py",
    "criteria_book/reading_other": "criteria_book/test_criteria_book.py",
    "criteria_book/reading_values": "criteria_book/test_criteria_book.py",
    "criteria_book/rows": "criteria_book/test_criteria_book.py",
    "criteria_book/scoring_text": "criteria_book/test_indicator_list.py",
    "criteria_book/writing": "criteria_book/test_criteria_book.py",
    "document/blocks": "views/test_ranking_table.py",
    "document/charts": "views/test_methods.py",
    "document/explored": "views/test_methods.py",
    "document/page": "views/test_methods.py",
    "document/sheets": "views/test_methods.py",
    "document/tables": "views/test_methods.py",
    "document/whole": "views/test_methods.py",
    "drawings": "cli/test_stability.py",
    "errors": "criteria/test_loader.py",
    "funding/conflict": "cli/test_fund.py",
    "funding/constraints": "funding/test_instance.py",
    "funding/decision": "funding/test_at_the_line.py",
    "funding/eligibility": "funding/test_instance.py",
    "funding/grants": "funding/test_instance.py",
    "funding/kinds": "funding/test_instance.py",
    "funding/offers": "funding/test_instance.py",
    "funding/order": "funding/test_instance.py",
    "funding/rule": "funding/test_at_the_line.py",
    "funding/stages": "cli/test_stages.py",
    "funding/tracks": "funding/test_instance.py",
    "funding/variants": "funding/test_instance.py",
    "index/arrays": "index/test_assessment.py",
    "index/contributions": "index/test_assessment.py",
    "index/gates": "index/test_assessment.py",
    "index/grades": "index/test_assessment.py",
    "index/kinds": "index/test_assessment.py",
    "index/missing": "index/test_assessment.py",
    "index/moves": "index/test_assessment.py",
    "index/operands": "index/test_rules.py",
    "index/path_programme": "index/test_paths.py",
    "index/profiles": "index/test_assessment.py",
    "index/reasons": "index/test_paths.py",
    "index/scored_again": "index/test_paths.py",
    "index/scoring": "index/test_assessment.py",
    "index/weights": "index/test_intervals.py",
    "language": "test_findings.py",
    "measures/catalogue/capability": "measures/test_stability.py",
    "measures/catalogue/control": "measures/test_stability.py",
    "measures/catalogue/mass_balance": "measures/test_stability.py",
    "measures/catalogue/qualified": "measures/test_stability.py",
    "measures/catalogue/running": "measures/test_stability.py",
    "measures/catalogue/scale_up": "measures/test_stability.py",
    "measures/catalogue/shelf_life": "measures/test_stability.py",
    "measures/catalogue/steady_state": "measures/test_stability.py",
    "measures/catalogue/variation": "measures/test_stability.py",
    "measures/evidence": "measures/test_stability.py",
    "measures/figures": "measures/test_stability.py",
    "measures/kinds": "measures/test_stability.py",
    "measures/laid_over": "measures/test_stability.py",
    "measures/measured": "measures/test_stability.py",
    "measures/measurements": "measures/test_stability.py",
    "measures/proportions": "measures/test_variation.py",
    "measures/qualification": "measures/test_stability.py",
    "measures/rights_state": "measures/test_derived.py",
    "measures/selection": "measures/test_stability.py",
    "outcomes/bounds": "outcomes/test_auc.py",
    "panels/assignment/problem": "panels/assignment/test_assign.py",
    "panels/assignment/programme": "panels/assignment/test_assign.py",
    "panels/assignment/threshold": "panels/assignment/test_assign.py",
    "ranking/decision_makers": "ranking/test_methods.py",
    "ranking/electre_tri": "ranking/test_published_tables.py",
    "ranking/grade_profiles": "ranking/test_method_selection.py",
    "ranking/robustness/acceptability": "ranking/robustness/test_simulation.py",
    "ranking/robustness/draws": "ranking/robustness/test_simulation.py",
    "ranking/robustness/power": "ranking/robustness/test_simulation.py",
    "ranking/robustness/uncertain_values": "ranking/robustness/test_simulation.py",
    "ranking/robustness/uncertainty": "ranking/robustness/test_simulation.py",
    "ranking/weighting/ahp": "ranking/weighting/test_weights.py",
    "ranking/weighting/best_worst": "ranking/weighting/test_weights.py",
    "ranking/weighting/combined": "ranking/weighting/test_weights.py",
    "ranking/weighting/derived": "cli/test_weights.py",
    "ranking/weighting/rated": "ranking/weighting/test_weights.py",
    "ranking/weighting/spread": "ranking/weighting/test_weights.py",
    "render/fitting": "render/test_terminal.py",
    "render/html/phrases": "render/html/test_packing.py",
    "render/html/texts": "render/html/test_packing.py",
    "render/letter_writing": "cli/test_letters.py",
    "render/panel_picture": "views/test_criteria_plot.py",
    "render/panels": "views/test_criteria_plot.py",
    "render/picture_pen": "render/test_pictures.py",
    "render/xlsx_charts": "cli/test_stability.py",
    "rights/ip/assessed": "rights/ip/test_states.py",
    "rights/ip/kinds": "rights/ip/test_checks.py",
    "rights/ip/roles": "rights/ip/test_notices.py",
    "rights/ip/rows": "rights/ip/test_periods.py",
    "rights/notice_text": "rights/test_calendar_file.py",
    "rights/ownership/amounts": "rights/ownership/test_ownership.py",
    "rights/ownership/case_parts": "rights/ownership/test_case.py",
    "rights/ownership/company_checks": "rights/ownership/test_checks.py",
    "rights/ownership/facts": "rights/ownership/test_ownership.py",
    "rights/ownership/figures": "rights/ownership/test_ownership.py",
    "rights/ownership/hits": "rights/ownership/test_checks.py",
    "rights/ownership/in_force": "rights/ownership/test_checks.py",
    "rights/ownership/kinds": "rights/ownership/test_checks.py",
    "rights/ownership/money_checks": "rights/ownership/test_checks.py",
    "rights/ownership/money_kinds": "rights/ownership/test_checks.py",
    "rights/ownership/next_step": "rights/ownership/test_case.py",
    "rights/ownership/party_checks": "rights/ownership/test_checks.py",
    "rights/ownership/payments": "rights/ownership/test_checks.py",
    "rights/ownership/publicity": "rights/ownership/test_checks.py",
    "rights/ownership/publicity_checks": "rights/ownership/test_checks.py",
    "rights/ownership/rows": "rights/ownership/test_ownership.py",
    "rights/ownership/step_checks": "rights/ownership/test_checks.py",
    "rights/together": "runs/test_rights.py",
    "runs/appeal": "cli/test_appeal.py",
    "runs/assess": "cli/test_commands.py",
    "runs/catalogue": "cli/test_catalogue.py",
    "runs/checked": "cli/test_check.py",
    "runs/criteria_diff": "views/test_criteria_diff.py",
    "runs/explained": "cli/test_explain.py",
    "runs/follow": "cli/test_follow.py",
    "runs/follow_read": "cli/test_follow.py",
    "runs/follow_template": "cli/test_follow.py",
    "runs/fund": "cli/test_fund.py",
    "runs/holidays": "cli/test_ip_calendar.py",
    "runs/kept_rounds": "cli/test_rounds_kept.py",
    "runs/learn_data": "runs/test_learn.py",
    "runs/learn_experts": "runs/test_learn.py",
    "runs/learn_figures": "runs/test_learn.py",
    "runs/learn_limits": "runs/test_learn.py",
    "runs/learn_moves": "runs/test_learn.py",
    "runs/learn_weights": "runs/test_learn.py",
    "runs/outcome": "cli/test_commands.py",
    "runs/panel_collect": "runs/test_panel_sheets.py",
    "runs/panel_issue": "runs/test_panel_sheets.py",
    "runs/panel_replace": "runs/test_panel_sheets.py",
    "runs/questions": "cli/test_assess.py",
    "runs/rights_outlook": "views/test_rights_beside.py",
    "runs/round_changes": "runs/test_round_comparison.py",
    "runs/round_check": "cli/test_verify.py",
    "runs/round_columns": "cli/test_rounds_kept.py",
    "runs/round_work": "cli/test_verify.py",
    "runs/scorecard": "cli/test_commands.py",
    "runs/scored_by": "runs/test_sources.py",
    "runs/stability_grounds": "runs/test_stability.py",
    "runs/stability_notes": "runs/test_stability.py",
    "runs/two_batches": "runs/test_stability.py",
    "store/columns": "store/test_opening.py",
    "store/connection": "store/test_database.py",
    "store/database_writing": "store/test_database.py",
    "store/follow_ups": "store/test_opening.py",
    "store/interface": "store/test_opening.py",
    "store/latest": "store/test_opening.py",
    "store/members": "store/test_opening.py",
    "store/rounds": "cli/test_rounds.py",
    "store/saved": "store/test_opening.py",
    "store/schema": "store/test_database.py",
    "store/single": "cli/test_catalogue.py",
    "views/anchored": "runs/test_anchored.py",
    "views/appeal": "cli/test_appeal.py",
    "views/catalogue": "cli/test_catalogue.py",
    "views/followed": "cli/test_follow.py",
    "views/fund/brief": "cli/test_fund_brief.py",
    "views/fund/budget": "cli/test_fund.py",
    "views/fund/concentration": "cli/test_fund.py",
    "views/fund/decisions": "cli/test_fund.py",
    "views/fund/document": "cli/test_fund.py",
    "views/fund/draw": "cli/test_fund.py",
    "views/fund/explained": "cli/test_explain.py",
    "views/fund/explored": "cli/test_fund.py",
    "views/fund/grounds": "cli/test_fund.py",
    "views/fund/limits": "cli/test_fund.py",
    "views/fund/overrides": "cli/test_fund.py",
    "views/fund/paper": "cli/test_fund.py",
    "views/fund/phrases": "cli/test_fund.py",
    "views/fund/reasons": "cli/test_fund.py",
    "views/fund/rules": "cli/test_fund.py",
    "views/fund/ways": "cli/test_fund.py",
    "views/header_question": "cli/test_mapping_dialogue.py",
    "views/holidays": "cli/test_ip_calendar.py",
    "views/ip/rights": "views/ip/test_document.py",
    "views/learn/document": "views/test_learn.py",
    "views/learn/experts": "views/test_learn.py",
    "views/learn/page": "views/test_learn.py",
    "views/learn/phrases": "views/test_learn.py",
    "views/learn/record": "views/test_learn.py",
    "views/learn/sheets": "views/test_learn.py",
    "views/letters/base": "cli/test_letters.py",
    "views/letters/beside": "cli/test_letters_job.py",
    "views/letters/decision": "cli/test_letters.py",
    "views/letters/evaluation": "cli/test_letters.py",
    "views/letters/kinds": "cli/test_letters.py",
    "views/letters/lists": "cli/test_letters.py",
    "views/letters/notice": "cli/test_letters.py",
    "views/letters/sheet": "cli/test_letters.py",
    "views/one_result": "cli/test_rounds_kept.py",
    "views/one_round": "cli/test_rounds_kept.py",
    "views/panel/assignment": "cli/test_panel_assign.py",
    "views/panel/collected": "cli/test_panel_sheets.py",
    "views/panel/document": "cli/test_panel.py",
    "views/panel/phrases": "cli/test_panel.py",
    "views/panel/record": "cli/test_panel.py",
    "views/panel/repairs": "cli/test_panel_assign.py",
    "views/panel/sheets": "cli/test_panel.py",
    "views/panel/sufficiency": "runs/test_panel_sufficiency.py",
    "views/questions": "cli/test_assess.py",
    "views/rights/batch": "views/rights/test_document.py",
    "views/rights/case": "views/rights/test_document.py",
    "views/rights/record": "views/rights/test_document.py",
    "views/rights/tables": "views/rights/test_document.py",
    "views/rights/words": "views/rights/test_document.py",
    "views/round": "cli/test_rounds.py",
    "views/round_comparison": "runs/test_round_comparison.py",
    "views/round_shifts": "runs/test_round_comparison.py",
    "views/rounds": "cli/test_rounds_kept.py",
    "wording/figures": "criteria/test_shipped_sets.py",
    "wording/funding": "cli/test_fund.py",
    "wording/words": "cli/test_commands.py",
    "workbook/batches/context": "workbook/batches/test_batches.py",
    "workbook/batches/header": "workbook/batches/test_batches.py",
    "workbook/batches/joining": "workbook/batches/test_batches.py",
    "workbook/batches/kinds": "workbook/batches/test_batches.py",
    "workbook/batches/numbering": "workbook/batches/test_batches.py",
    "workbook/batches/owners": "workbook/batches/test_batches.py",
    "workbook/batches/readings": "workbook/batches/test_batches.py",
    "workbook/batches/records": "workbook/batches/test_batches.py",
    "workbook/batches/sheet": "workbook/batches/test_batches.py",
    "workbook/batches/sheet_reader": "workbook/batches/test_batches.py",
    "workbook/batches/sheet_rows": "workbook/batches/test_batches.py",
    "workbook/batches/sheet_values": "workbook/batches/test_batches.py",
    "workbook/batches/values": "workbook/batches/test_batches.py",
    "workbook/batches/words": "workbook/batches/test_batches.py",
    "workbook/copies/book_part": "workbook/copies/test_package.py",
    "workbook/copies/boxes": "workbook/copies/test_comments.py",
    "workbook/copies/copies": "workbook/copies/test_annotate.py",
    "workbook/copies/findings_sheet": "workbook/copies/test_annotate.py",
    "workbook/copies/markup": "workbook/copies/test_sheet_edits.py",
    "workbook/copies/panel_values": "runs/test_panel_fill.py",
    "workbook/copies/places": "workbook/copies/test_answers.py",
    "workbook/copies/sheet_part": "workbook/copies/test_sheet_edits.py",
    "workbook/copies/sheet_survey": "workbook/copies/test_sheet_edits.py",
    "workbook/copies/writing": "workbook/copies/test_answers.py",
    "workbook/corrections": "cli/test_appeal.py",
    "workbook/filed": "workbook/test_decisions.py",
    "workbook/follow/kinds": "workbook/follow/test_reader.py",
    "workbook/follow/words": "workbook/follow/test_reader.py",
    "workbook/judgements": "cli/test_weights.py",
    "workbook/needs": "cli/test_catalogue.py",
    "workbook/open/biff": "workbook/open/test_xls.py",
    "workbook/open/changes": "cli/test_appeal.py",
    "workbook/open/inflating": "workbook/open/test_formats.py",
    "workbook/open/kinds": "workbook/open/test_folders.py",
    "workbook/open/limits": "workbook/results/test_reader.py",
    "workbook/open/notes": "workbook/results/test_reader.py",
    "workbook/open/odf_content": "workbook/open/test_odf.py",
    "workbook/open/odf_styles": "workbook/open/test_odf.py",
    "workbook/open/odf_values": "workbook/open/test_odf.py",
    "workbook/open/odf_xml": "workbook/open/test_odf.py",
    "workbook/open/sheets": "workbook/open/test_formats.py",
    "workbook/open/xlsb_records": "workbook/open/test_xlsb.py",
    "workbook/open/xlsx_tags": "workbook/open/test_xlsx_rows.py",
    "workbook/panels/assigned": "runs/test_panel_assign.py",
    "workbook/panels/joining": "workbook/panels/test_reader.py",
    "workbook/panels/kinds": "test_findings.py",
    "workbook/panels/marks": "runs/test_panel_sheets.py",
    "workbook/panels/people": "workbook/panels/test_reader.py",
    "workbook/panels/personal": "runs/test_panel_sheets.py",
    "workbook/panels/records": "workbook/panels/test_reader.py",
    "workbook/panels/score_columns": "workbook/panels/test_reader.py",
    "workbook/panels/score_sheets": "workbook/panels/test_reader.py",
    "workbook/results/batch_pages": "workbook/results/test_pages.py",
    "workbook/results/corrected": "cli/test_appeal.py",
    "workbook/results/form_layouts": "workbook/results/test_forms.py",
    "workbook/results/form_parts": "workbook/results/test_forms.py",
    "workbook/results/given": "workbook/tables/test_mapping_rules.py",
    "workbook/results/joining": "workbook/results/test_reader.py",
    "workbook/results/kinds": "workbook/results/test_reader.py",
    "workbook/results/office": "workbook/results/test_derived.py",
    "workbook/results/office_kinds": "workbook/results/test_derived.py",
    "workbook/results/options": "cli/test_reading.py",
    "workbook/results/source_values": "workbook/results/test_derived.py",
    "workbook/results/sources": "workbook/results/test_derived.py",
    "workbook/results/submission": "workbook/results/test_reader.py",
    "workbook/results/understood": "workbook/results/test_pages.py",
    "workbook/rights/amounts": "workbook/rights/test_distributions.py",
    "workbook/rights/beside": "workbook/rights/test_reader.py",
    "workbook/rights/case_roles": "workbook/rights/test_parties.py",
    "workbook/rights/case_words": "workbook/rights/test_vocabulary.py",
    "workbook/rights/cells": "workbook/rights/test_ip.py",
    "workbook/rights/fee_years": "workbook/rights/test_ip.py",
    "workbook/rights/grid": "workbook/rights/test_ip.py",
    "workbook/rights/kinds": "workbook/rights/test_ip.py",
    "workbook/rights/merging": "workbook/rights/test_ip.py",
    "workbook/rights/roles": "workbook/rights/test_ip.py",
    "workbook/rights/stacking": "workbook/rights/test_ip.py",
    "workbook/rights/statuses": "workbook/rights/test_ip.py",
    "workbook/rights/tables": "workbook/rights/test_reader.py",
    "workbook/rights/words": "workbook/rights/test_vocabulary.py",
    "workbook/same_results": "runs/test_anchored.py",
    "workbook/tables/column_findings": "workbook/tables/test_finder.py",
    "workbook/tables/column_units": "workbook/tables/test_unit_lines.py",
    "workbook/tables/columns": "workbook/tables/test_headers.py",
    "workbook/tables/kinds": "workbook/tables/test_finder.py",
    "workbook/tables/mapping_derived": "workbook/results/test_derived.py",
    "workbook/tables/mapping_evidence": "workbook/results/test_given_grades.py",
    "workbook/tables/mapping_faults": "workbook/tables/test_mapping_rules.py",
    "workbook/tables/merged_results": "workbook/tables/test_result_rows.py",
    "workbook/tables/office_rules": "workbook/tables/test_mapping_rules.py",
    "workbook/tables/other_header": "workbook/tables/test_result_rows.py",
    "workbook/tables/row_judge": "workbook/tables/test_result_rows.py",
    "workbook/tables/row_texts": "workbook/tables/test_result_rows.py",
    "workbook/tables/summed_rows": "workbook/tables/test_result_rows.py",
    "workbook/templates/content": "workbook/templates/test_template.py",
    "workbook/templates/corrections": "cli/test_appeal.py",
    "workbook/templates/detail_sheets": "workbook/templates/test_template.py",
    "workbook/templates/follow_sheet": "cli/test_follow.py",
    "workbook/templates/form_sheet": "workbook/templates/test_template.py",
    "workbook/templates/judgements": "cli/test_weights.py",
    "workbook/templates/panel_sheet": "runs/test_panel_sheets.py",
    "workbook/templates/pen": "workbook/templates/test_template.py",
    "workbook/templates/rows_sheet": "workbook/templates/test_template.py",
    "workbook/values/bounds": "workbook/values/test_numbers.py",
    "workbook/values/columns": "workbook/results/test_reader.py",
    "workbook/values/kinds": "workbook/values/test_cells.py",
    "workbook/values/synonyms": "workbook/tables/test_mapping_rules.py",
    "workbook/values/written_levels": "workbook/tables/test_mapping_rules.py",
}


def modules() -> list[str]:
    """Return every module below the package, such as ``index/paths``; a room's ``__init__`` is its door."""
    paths = (p.relative_to(SOURCE).with_suffix("") for p in SOURCE.rglob("*.py"))
    return sorted(p.as_posix() for p in paths if p.name != "__init__")


def own_test(module: str) -> str:
    folder, _, name = f"/{module}".rpartition("/")
    return f"{folder}/test_{name}.py".removeprefix("/")


@functools.cache
def imports(path: Path) -> frozenset[Path]:
    """Return the files of ours that a file imports, anywhere in it, or names as a module in a text."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names |= named(node.value)
    parents = {name.rpartition(".")[0] for name in names}
    return frozenset(file for name in names | parents if (file := file_of(name)))


def named(text: str) -> set[str]:
    """Return the modules that a text names: one, all of a package, or what ``python -m`` runs."""
    name = text.partition(":")[0]
    if name == "pilotscore":
        return {"pilotscore.__main__"}
    file = file_of(name) if name.startswith("pilotscore.") else None
    if file is None or file.name != "__init__.py":
        return {name} if file else set()
    return {f"{name}.{path.stem}" for path in file.parent.glob("*.py")}


def file_of(name: str) -> Path | None:
    """Return the file of a module of ours by its dotted name."""
    root = {"pilotscore": ROOT / "src", "tests": ROOT}.get(name.partition(".")[0])
    if root is None or any(not part.isidentifier() for part in name.split(".")):
        return None
    path = root.joinpath(*name.split("."))
    return next((f for f in (path.with_suffix(".py"), path / "__init__.py") if f.is_file()), None)


@functools.cache
def reached(test: Path) -> frozenset[Path]:
    """Return all files of ours that a test file imports, directly or by what it imports."""
    seen: set[Path] = set()
    waiting = [test]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += imports(path)
    return frozenset(seen)


@pytest.mark.parametrize("module", modules())
def test_each_module_has_a_test_of_its_name_or_a_line_that_says_which_covers_it(module: str):
    assert (TESTS / own_test(module)).is_file() != (module in COVERED_BY), (
        f"write tests/{own_test(module)}, or say in COVERED_BY which test file covers {module}; not both"
    )


@pytest.mark.slow
def test_no_line_is_stale():
    assert sorted(COVERED_BY) == list(COVERED_BY)
    assert set(COVERED_BY) <= set(modules())
    for module, test in COVERED_BY.items():
        assert (TESTS / test).is_file(), f"{module}: there is no tests/{test}"
        source = SOURCE / f"{module}.py"
        assert source in reached(TESTS / test), f"{module}: tests/{test} never imports it"


def test_folders_of_tests_are_rooms():
    rooms = {p.parent.relative_to(SOURCE).as_posix() for p in SOURCE.rglob("__init__.py")}
    folders = {p.parent.relative_to(TESTS).as_posix() for p in TESTS.rglob("test_*.py")}
    assert folders - OF_NO_ROOM <= rooms
