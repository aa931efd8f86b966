using System.Text;
using System.Xml;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>Writes HTML that is also well-formed XML. It escapes all text and attributes, and closes elements in the right order.</summary>
internal sealed class HtmlWriter
{
    private static readonly char[] Breaks = ['/', '.'];
    private readonly StringBuilder page = new();
    private readonly Stack<string> open = [];

    /// <summary>Opens an element; attributes with a null value are omitted.</summary>
    public HtmlWriter Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        page.Append('>');
        open.Push(element);
        return this;
    }

    /// <summary>Closes the innermost open element.</summary>
    public HtmlWriter Close()
    {
        page.Append("</").Append(open.Pop()).Append('>');
        return this;
    }

    /// <summary>Writes an element that contains only text.</summary>
    public HtmlWriter Leaf(string element, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(element, attributes).Text(text).Close();

    /// <summary>Writes an element without content: a void element or a shape.</summary>
    public HtmlWriter Empty(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(element, attributes);
        page.Append("/>");
        return this;
    }

    /// <summary>Text.</summary>
    public HtmlWriter Text(string text)
    {
        foreach (char c in text) Escaped(c);
        return this;
    }

    /// <summary>Writes a name as code that may break after each slash and dot.</summary>
    public HtmlWriter Code(string name)
    {
        Open("code");
        for (int start = 0; start < name.Length;)
        {
            int end = name.IndexOfAny(Breaks, start + 1) + 1;
            if (end <= 0) end = name.Length;
            Text(name[start..end]);
            if (end < name.Length) Empty("wbr");
            start = end;
        }
        return Close();
    }

    /// <summary>A new line between elements.</summary>
    public HtmlWriter Line()
    {
        page.Append('\n');
        return this;
    }

    /// <summary>Writes markup of this program without escaping.</summary>
    public HtmlWriter Verbatim(string markup)
    {
        page.Append(markup);
        return this;
    }

    /// <summary>The page so far.</summary>
    public override string ToString() => page.ToString();

    private void Start(string element, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        page.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            if (value is null) continue;
            page.Append(' ').Append(name).Append("=\"");
            Text(value);
            page.Append('"');
        }
    }

    // A character that XML does not allow becomes a replacement character.
    private void Escaped(char c) => _ = c switch
    {
        '&' => page.Append("&amp;"),
        '<' => page.Append("&lt;"),
        '>' => page.Append("&gt;"),
        '"' => page.Append("&quot;"),
        _ => page.Append(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'),
    };
}
