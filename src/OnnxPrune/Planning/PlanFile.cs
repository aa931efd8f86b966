using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Planning;

namespace OnnxPrune;

/// <summary>Reads and writes plans as JSON.</summary>
public static class PlanFile
{
    /// <summary>The JSON text of a plan, with a newline at the end.</summary>
    public static string ToJson(PruningPlan plan) => JsonSerializer.Serialize(plan, PlanJson.Default.PruningPlan).ReplaceLineEndings("\n") + "\n";

    /// <summary>Reads a plan.</summary>
    /// <exception cref="OnnxPruneException">OP1001: the file cannot be read; OP4003: the file is not a plan of this schema.</exception>
    public static PruningPlan Load(string path)
    {
        try
        {
            var plan = JsonSerializer.Deserialize(File.ReadAllText(path), PlanJson.Default.PruningPlan);
            if (plan is { Schema: PruningPlan.CurrentSchema }) return PlanCheck.Fault(plan) is { } fault ? throw Damaged(fault) : plan;
            throw new OnnxPruneException(
                ErrorCodes.NotAPlan, $"a plan of schema {plan?.Schema}; this program reads schema {PruningPlan.CurrentSchema}", path);
        }
        catch (JsonException e)
        {
            throw Damaged(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }

        OnnxPruneException Damaged(string fault, Exception? inner = null) => new(ErrorCodes.NotAPlan, $"not a plan: {fault}", path, inner);
    }

    /// <summary>Writes a plan completely or not at all.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public static void Save(PruningPlan plan, string path) => Model.TextFile.Write(path, ToJson(plan));
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PruningPlan))]
internal sealed partial class PlanJson : JsonSerializerContext;
