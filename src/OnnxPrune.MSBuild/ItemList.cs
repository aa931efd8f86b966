using System.Text;

namespace OnnxPrune.MSBuild;

/// <summary>Lists of texts in the format of MSBuild metadata: separated by semicolons, with <c>%XX</c> for special characters.</summary>
internal static class ItemList
{
    private const string Special = "%;*?@$()'";

    /// <summary>The texts as one metadata value.</summary>
    public static string Join(IEnumerable<string> texts) => string.Join(";", texts.Select(Escaped));

    /// <summary>The texts of a list that a user wrote, trimmed and without empty texts.</summary>
    public static IEnumerable<string> Split(string value) => value.Split(';').Select(text => text.Trim()).Where(text => text.Length > 0);

    /// <summary>One text, escaped so that MSBuild reads it literally.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (Special.IndexOf(c) < 0) escaped.Append(c);
            else escaped.Append('%').Append(((int)c).ToString("x2"));
        }
        return escaped.ToString();
    }
}
