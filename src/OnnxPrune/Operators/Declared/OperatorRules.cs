using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Operators;

namespace OnnxPrune.Advanced;

/// <summary>A rule file: operators that the compiler does not know, described as data (docs/operator-rules.md).</summary>
/// <param name="Operators">The rules.</param>
public sealed record OperatorRules(IReadOnlyList<OperatorRule> Operators)
{
    /// <summary>Reads a rule file.</summary>
    /// <exception cref="OnnxPruneException">OP1001: the file cannot be read; OP2005: it is not a rule file.</exception>
    public static OperatorRules Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), OperatorRulesJson.Default.OperatorRules)
                ?? throw new OnnxPruneException(ErrorCodes.InvalidOperatorRules, "not a rule file: it holds no object", path);
        }
        catch (JsonException e)
        {
            throw new OnnxPruneException(ErrorCodes.InvalidOperatorRules, $"not a rule file: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }

    /// <summary>The default operators and the operators of rule files; a later file takes precedence over an earlier file.</summary>
    /// <exception cref="OnnxPruneException">OP1001: a file cannot be read; OP2005: it is not a rule file.</exception>
    public static OperatorSet SetOf(params IEnumerable<string> paths) => paths.Aggregate(OperatorSet.Default, (set, path) => set.With(Entries(path)));

    private static OperatorEntry[] Entries(string path)
    {
        var rules = Load(path);
        try
        {
            return [.. rules.Operators.Select(rule => rule.ToEntry())];
        }
        catch (FormatException e)
        {
            throw new OnnxPruneException(ErrorCodes.InvalidOperatorRules, $"not a rule file: {e.Message}", path, e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OperatorRules))]
internal sealed partial class OperatorRulesJson : JsonSerializerContext;
