using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>
/// Writes a <see cref="Document"/> as one self-contained page: no script, no font, no network. It follows the light or dark mode of the system.
/// </summary>
internal static class HtmlPage
{
    /// <summary>The page.</summary>
    public static string Of(Document document)
    {
        var page = new HtmlWriter().Verbatim("<!DOCTYPE html>\n").Open("html", ("lang", "en"));
        WriteHead(page, document);
        page.Line().Open("body").Open("main").Line();
        WriteHeader(page, document);
        if (document.Headline.Count > 0) WriteHeadline(page, document.Headline);
        for (int i = 0; i < document.Sections.Count; i++) WriteSection(page, document.Sections[i], $"s{i + 1}");
        page.Leaf("footer", document.Tool).Close().Close().Close().Line();
        return page.ToString();
    }

    private static void WriteHead(HtmlWriter page, Document document)
    {
        page.Open("head").Empty("meta", ("charset", "utf-8")).Leaf("title", $"{document.Title} – {document.Kind}").Line();
        page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        page.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        page.Open("style").Verbatim($"\n{HtmlStyle.Screen}{HtmlStyle.Tables}{HtmlStyle.Drawings}{HtmlStyle.Narrow}{HtmlStyle.Print}").Close().Close();
    }

    private static void WriteHeader(HtmlWriter page, Document document)
    {
        page.Open("header").Leaf("p", document.Kind, ("class", "kind")).Leaf("h1", document.Title).Leaf("p", document.Lead);
        if (document.Verdict is { } verdict)
        {
            page.Open("p", ("class", $"verdict {verdict.Outcome.ToString().ToLowerInvariant()}"));
            page.Leaf("strong", verdict.Word).Leaf("span", verdict.Text).Close();
        }
        page.Close().Line();
    }

    private static void WriteHeadline(HtmlWriter page, IReadOnlyList<Figure> headline)
    {
        page.Open("dl", ("class", "headline"));
        foreach (var figure in headline)
        {
            page.Open("div").Leaf("dt", figure.Name).Open("dd", ("class", "figure")).Text(figure.Share is null ? figure.After : figure.Change!);
            if (figure.Share is not null) page.Leaf("small", " " + figure.Of);
            page.Close();
            if (figure.Before is { } before) page.Open("dd").Leaf("span", before + " → ", ("class", "soft")).Text(figure.After).Close();
            if (figure is { Share: null, Change: { } change }) page.Leaf("dd", change, ("class", "soft"));
            if (figure.Share is { } share)
            {
                page.Open("dd");
                HtmlCells.WriteBar(page, 1, share);
                page.Close();
            }
            page.Close();
        }
        page.Close().Line();
    }

    private static void WriteSection(HtmlWriter page, Section section, string id)
    {
        page.Open("section", ("aria-labelledby", id)).Open("h2", ("id", id)).Text(section.Title);
        if (section.Count is { } count) page.Leaf("small", " " + Figures.Whole(count));
        page.Close().Line();
        foreach (var block in section.Blocks) HtmlBlocks.Write(page, block, id);
        page.Close().Line();
    }
}
