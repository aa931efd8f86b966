namespace OnnxPrune.Cli.Reports.Html;

/// <summary>The style sheet of <see cref="HtmlPage"/>, without external resources.</summary>
internal static class HtmlStyle
{
    /// <summary>Colours, typography and page layout.</summary>
    public const string Screen = """
        :root { --ink: #15191e; --soft: #5a6470; --line: #e2e6eb; --paper: #fff; --was: #d5dce4; --accent: #0a66c2; --tint: #e9f1fa; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8ebef; --soft: #9aa5b1; --line: #2a3139; --paper: #0f1317; --was: #38424d; }
          :root { --accent: #64acf5; --tint: #16283b; --bad: #ff8a80; }
        }
        * { box-sizing: border-box; }
        html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        body { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        main { max-width: 66rem; margin: 0 auto; padding: 3rem 1.5rem 2rem; }
        h1 { font-size: 2.1rem; line-height: 1.15; letter-spacing: -.02em; margin: 0 0 .4rem; text-wrap: balance; }
        h2 { font-size: 1.15rem; letter-spacing: -.01em; margin: 0 0 .8rem; }
        p { margin: 0 0 .8rem; max-width: 46rem; }
        section { margin-top: 2.6rem; padding-top: 1.3rem; border-top: 1px solid var(--line); }
        table + p, table + ul { margin-top: .9rem; }
        section > p, small, .soft, footer, .kind { color: var(--soft); font-weight: normal; }
        .kind { margin: 0 0 .3rem; font-size: .85rem; letter-spacing: .02em; }
        .verdict { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; margin-top: 1rem; max-width: none; }
        .verdict strong { padding: .1rem .7rem; border-radius: 1rem; font-weight: 600; border: 1px solid currentColor; }
        .passed strong { background: var(--accent); border-color: var(--accent); color: var(--paper); }
        .failed strong { background: var(--bad); border-color: var(--bad); color: var(--paper); }
        dl, dd, figure { margin: 0; min-width: 0; }
        dt { color: var(--soft); font-size: .85rem; }
        .headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.6rem 2rem; margin-top: 2.2rem; }
        .headline .figure { font-size: 2rem; line-height: 1.25; font-weight: 600; letter-spacing: -.02em; }
        .figure small { font-size: .95rem; letter-spacing: 0; }
        .headline .bar { margin-top: .5rem; }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: .8rem 2rem; margin-bottom: 1.2rem; }
        code, pre { font: .87em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
        pre { max-height: 30rem; overflow: auto; padding: .8rem 1rem; background: var(--tint); border-radius: .4rem; }
        a { color: var(--accent); }
        summary { cursor: pointer; }
        .more > summary, .file > summary, .graph > summary { color: var(--accent); padding: .5rem 0; }
        ul { margin: 0; padding-left: 1.2rem; }
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .85rem; }

        """;

    /// <summary>Tables.</summary>
    public const string Tables = """
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .42rem 1.4rem .42rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-size: .85rem; vertical-align: bottom; overflow-wrap: normal; }
        td { min-width: 4.5rem; }
        tbody th { min-width: 9rem; }
        .n { text-align: right; white-space: nowrap; }
        .wide { min-width: 8rem; width: 22%; }
        td .bar { margin-top: .5rem; }
        td .map { margin-top: .3rem; }

        """;

    /// <summary>Bars and drawings.</summary>
    public const string Drawings = """
        .bar { display: block; height: .5rem; }
        .bar i, .bar b { display: block; height: 100%; }
        .bar i { background: var(--was); }
        .bar b { background: var(--accent); }
        .map { display: block; width: 100%; height: .9rem; background: var(--was); fill: var(--accent); }
        .profile { display: block; width: 100%; height: 7rem; border-bottom: 1px solid var(--soft); }
        .was { fill: var(--was); }
        .is { fill: var(--accent); }
        .spark, .plot { display: block; width: 100%; overflow: visible; }
        .spark { height: 1.75rem; }
        .plot { height: 6rem; border-left: 1px solid var(--soft); border-bottom: 1px solid var(--soft); }
        .area { fill: var(--tint); }
        .curve, .cut, .grid { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .curve { stroke: var(--accent); stroke-linejoin: round; }
        .cut { stroke: var(--ink); stroke-width: 1; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .profile + figcaption { margin-bottom: 1.2rem; }
        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1.4rem 1.8rem; }
        figcaption { margin-top: .3rem; font-size: .85rem; line-height: 1.35; }
        figcaption > * { display: block; }
        figcaption span { color: var(--soft); }
        svg.graph { display: block; width: 100%; max-width: 34rem; height: auto; }
        .graph circle { fill: var(--was); }
        .graph text { font: 11px system-ui, sans-serif; fill: var(--ink); }
        .graph tspan { fill: var(--soft); }
        .arc, .next { fill: none; stroke: var(--soft); stroke-width: 1; }
        .arc { opacity: .6; }

        """;

    /// <summary>Narrow screens, which show table rows as cards.</summary>
    public const string Narrow = """
        @media screen and (max-width: 44rem) {
          main { padding: 1.6rem 1.1rem; }
          h1 { font-size: 1.6rem; }
          .headline { grid-template-columns: 1fr 1fr; gap: 1.4rem; }
          .headline .figure { font-size: 1.6rem; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          table, tbody { display: block; }
          tr { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
          th, td { display: block; min-width: 0; max-width: 100%; padding: 0; border: 0; text-align: left; white-space: normal; }
          .wide { flex: 0 0 100%; }
          .wide { padding: .2rem 0; }
          td[data-label]:not(.wide):not(:empty)::before { content: attr(data-label) " "; color: var(--soft); font-size: .85rem; }
        }

        """;

    /// <summary>Print: everything except files is unfolded, and nothing is cut off.</summary>
    public const string Print = """
        @page { margin: 1.6cm; }
        @media print {
          :root { --ink: #000; --soft: #444; --line: #ccc; --paper: #fff; --was: #d5dce4; --accent: #0a66c2; --tint: #e9f1fa; --bad: #b3261e; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          body { font-size: 10pt; }
          main { max-width: none; padding: 0; }
          tr, figure, .headline, .facts > div, .profile { break-inside: avoid; }
          h2, section > p { break-after: avoid; }
          .headline { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 1rem; }
          .headline .figure { font-size: 1.5rem; }
          details::details-content { content-visibility: visible; }
          summary { list-style: none; }
          .more > summary, .graph, section:has(> .file) { display: none; }
        }

        """;
}
