using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>Keeps recovered models in the cache of calibration.</summary>
internal static class RecoveryCache
{
    /// <summary>The recovered model that is kept for a key, or null.</summary>
    public static RecoveryResult? Recovered(this CalibrationCache cache, string key, OnnxModel pruned, OperatorSet operators)
    {
        if (cache.Read(key + ".json", bytes => JsonSerializer.Deserialize(bytes, RecoveryJson.Default.KeptRecovery)) is not { } kept) return null;
        var result = new RecoveryResult(pruned, kept.Methods, kept.Before, kept.After)
        {
            Notes = kept.Notes,
            Compared = kept.Compared,
            Agreement = kept.Agreement,
        };
        if (kept.Methods == RecoveryMethods.None) return result;
        if (cache.Read(key + ".onnx", ModelProto.Parser.ParseFrom) is not { Graph: not null } proto) return null;
        var recovered = pruned with { Proto = proto };
        return RecoveredStructure.Difference(pruned, recovered, operators) is null ? result with { Model = recovered } : null;
    }

    /// <summary>Keeps a recovered model.</summary>
    public static void Keep(this CalibrationCache cache, string key, RecoveryResult result)
    {
        if (result.Methods != RecoveryMethods.None)
        {
            if (result.Model.Proto.CalculateSize() < 0) return;
            cache.Write(key + ".onnx", result.Model.Proto.ToByteArray());
        }
        var kept = new KeptRecovery(result.Methods, result.ErrorBefore, result.ErrorAfter, result.Compared, result.Agreement, [.. result.Notes]);
        cache.Write(key + ".json", JsonSerializer.SerializeToUtf8Bytes(kept, RecoveryJson.Default.KeptRecovery));
    }
}

/// <summary>What is kept beside a recovered model.</summary>
internal sealed record KeptRecovery(RecoveryMethods Methods, double Before, double After, int Compared, double? Agreement, string[] Notes);

[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptRecovery))]
internal sealed partial class RecoveryJson : JsonSerializerContext;
