namespace OnnxPrune.Cli.Reports;

/// <summary>The style sheet of <see cref="InspectHtml"/>.</summary>
internal static class InspectStyle
{
    /// <summary>CSS without external resources.</summary>
    public const string Sheet = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #667080; --line: #dde1e7; --paper: #ffffff; --card: #f5f7f9; --bar: #2f7ed8; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e8ee; --soft: #98a2b0; --line: #333b47; --paper: #14181e; --card: #1d232b; --bar: #5b9fe8; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.5rem; overflow-x: auto; }
        h1 { font-size: 1.6rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
        small, .soft, p, footer { color: var(--soft); font-weight: normal; }
        dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: .7rem; margin: 0; }
        dl div { background: var(--card); border-radius: .4rem; padding: .6rem .8rem; }
        dt { color: var(--soft); font-size: .8rem; }
        dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-size: .8rem; font-weight: 600; }
        td { overflow-wrap: anywhere; }
        .n { text-align: right; white-space: nowrap; padding-right: 2rem; }
        .share { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .bar { display: inline-block; width: 6rem; height: .55rem; margin-right: .6rem; }
        .bar { border-radius: .3rem; background: var(--line); overflow: hidden; }
        .bar span { display: block; height: 100%; background: var(--bar); }
        code { font: .87em ui-monospace, monospace; }
        summary { cursor: pointer; }
        footer { margin-top: 2.5rem; font-size: .8rem; }

        """;
}
