using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Configuration;

/// <summary>The JSON types that the value of an option may have in a configuration file.</summary>
/// <param name="IsFlag">true or false.</param>
/// <param name="IsWhole">A whole number.</param>
/// <param name="IsShare">A number, or text such as "80%".</param>
/// <param name="IsMap">An object of whole numbers by name, or texts as on the command line.</param>
/// <param name="IsList">Text, or an array of texts.</param>
internal sealed record ConfigType(bool IsFlag, bool IsWhole, bool IsShare, bool IsMap, bool IsList)
{
    /// <summary>The type of an option.</summary>
    public static ConfigType Of(Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        bool isMap = type == typeof(IReadOnlyDictionary<string, long>);
        return new ConfigType(
            type == typeof(bool), type == typeof(int) || type == typeof(long), type == typeof(double), isMap,
            !isMap && (CommandTree.IsRepeatable(option) || ValueNotation.Of(option).TakesList));
    }

    /// <summary>The accepted values, in words.</summary>
    public string Expected => this switch
    {
        { IsFlag: true } => "true or false",
        { IsWhole: true } => "a whole number",
        { IsShare: true } => "a number, or text such as \"80%\"",
        { IsMap: true } => "an object of whole numbers, such as { \"batch\": 8 }",
        { IsList: true } => "text, or an array of texts",
        _ => "text",
    };

    /// <summary>The command-line values of a JSON value; null if its type is wrong.</summary>
    public IReadOnlyList<string>? Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True when IsFlag => ["true"],
        JsonValueKind.False when IsFlag => ["false"],
        JsonValueKind.Number when IsWhole && IsWholeNumber(value) => [Number(value.GetInt64())],
        JsonValueKind.Number when IsShare => [value.GetDouble().ToString("0.################", CultureInfo.InvariantCulture)],
        JsonValueKind.String when !IsFlag && !IsWhole => [value.GetString()!],
        JsonValueKind.Array when (IsList || IsMap) && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(e => e.GetString()!)],
        JsonValueKind.Object when IsMap && value.EnumerateObject().All(p => IsWholeNumber(p.Value)) =>
            [.. value.EnumerateObject().Select(p => $"{p.Name}={Number(p.Value.GetInt64())}")],
        _ => null,
    };

    private static bool IsWholeNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
