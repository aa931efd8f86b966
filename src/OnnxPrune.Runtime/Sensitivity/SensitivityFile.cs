using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>Reads curves from the JSON document that <c>onnxprune sensitivity</c> writes.</summary>
internal static class SensitivityFile
{
    /// <summary>Reads the curves.</summary>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP2002 no sensitivity curves.</exception>
    public static SensitivityCurves Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            bool has = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("curves", out _);
            if (has && document.RootElement.GetProperty("curves").Deserialize(SensitivityJson.Default.SensitivityCurves) is { } curves) return curves;
            throw new OnnxPruneException(
                ErrorCodes.InvalidData, "the file contains no sensitivity curves; create it with 'onnxprune sensitivity MODEL -o FILE.json'", path);
        }
        catch (JsonException e)
        {
            throw new OnnxPruneException(ErrorCodes.InvalidData, $"the file contains no sensitivity curves: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SensitivityCurves))]
internal sealed partial class SensitivityJson : JsonSerializerContext;
