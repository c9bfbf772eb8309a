"""What a page itself says, under the names by which its script asks for it."""

from __future__ import annotations

from pilotscore.language import Text

PHRASES = {
    "all": Text("全部", "all"),
    "ascending": Text("升序", "ascending"),
    "assessed": Text("评价日期", "Assessed"),
    "batches": Text("批次控制图", "Control charts of the batches"),
    "centre": Text("中心线", "centre"),
    "charts_not_here": Text(
        "本页只有前 {n} 项有批次数据者的控制图；这一项：pilotscore stability 工作簿 {id}",
        "This page has the control charts of the first {n} results with batch data; for this one: "
        "pilotscore stability BOOK {id}",
    ),
    "clear": Text("清除条件", "Clear"),
    "close": Text("关闭", "Close"),
    "count": Text("显示 {n} / {all} 行", "{n} of {all} rows"),
    "descending": Text("降序", "descending"),
    "figures": Text("全部数据", "All figures"),
    "filters": Text("查找与筛选", "Search and filters"),
    "first": Text("前 {n} 行", "the first {n} rows"),
    "floor": Text("{name} 级下限", "floor of {name}"),
    "groups": Text("各维度与等级下限", "Dimensions against floors"),
    "indicator": Text("指标", "Indicator"),
    "interval": Text("指数与区间", "Index and interval"),
    "in_control": Text("无失控点", "no signals"),
    "language": Text("English", "中文"),
    "limits": Text("控制限", "control limits"),
    "more": Text("更多筛选（{n}）", "More filters ({n})"),
    "next": Text("下一项", "Next"),
    "none": Text("无", "none"),
    "open": Text("打开 {name}", "Open {name}"),
    "overview": Text("概览", "Overview"),
    "parts": Text("各指标", "Indicators"),
    "previous": Text("上一项", "Previous"),
    "print": Text("打印", "Print"),
    "result": Text("本成果", "this result"),
    "search": Text("搜索", "Search"),
    "signals": Text("失控：{signals}", "not in control: {signals}"),
    "skip": Text("跳到表格", "Skip to the table"),
    "sort": Text("按{name}排序", "Sort by {name}"),
    "total": Text("合计", "Total"),
    "value": Text("数值", "value"),
    "waterfall": Text("各指标对指数的贡献", "What each indicator adds to the index"),
    "ways": Text("提升路径", "Ways up"),
    "ways_not_here": Text(
        "本页只列出前 {n} 项的提升路径；这一项：pilotscore explain 工作簿 {id}",
        "This page has the ways up of the first {n} results; for this one: "
        "pilotscore explain BOOK {id}",
    ),
    "no_way": Text("没有更高的等级或可行的路径。", "There is no higher grade, or no way to it."),
}
