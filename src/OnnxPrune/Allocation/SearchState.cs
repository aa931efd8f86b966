using System.Text.Json;
using System.Text.Json.Serialization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Allocation;

/// <summary>
/// What a search needs to go on where it was interrupted: everything random follows from the seed, so that its course is followed again
/// with the scores that are known.
/// </summary>
/// <param name="Schema">The version of the format, <see cref="CurrentSchema"/>.</param>
/// <param name="Fingerprint">A hash of what is searched: curves, sizes, budget, population, seed and objective.</param>
/// <param name="Evaluations">Every allocation that was scored, in this order.</param>
internal sealed record SearchState(int Schema, string Fingerprint, IReadOnlyList<Evaluation> Evaluations)
{
    /// <summary>The version of the format that this program writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Reads the state of a search; an empty one where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fingerprint">What is searched.</param>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP4006 the state of another search, or none.</exception>
    public static SearchState Load(string path, string fingerprint)
    {
        if (!File.Exists(path)) return new SearchState(CurrentSchema, fingerprint, []);
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllText(path), SearchJson.Default.SearchState);
            if (state is { Schema: CurrentSchema } && state.Fingerprint == fingerprint) return state;
            throw new OnnxPruneException(
                ErrorCodes.NotASearchState, "the state of another search: name another file, or delete it to search from the beginning", path);
        }
        catch (JsonException e)
        {
            throw new OnnxPruneException(ErrorCodes.NotASearchState, $"not the state of a search: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }

    /// <summary>Writes the state, whole or not at all.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public void Save(string path) =>
        TextFile.Write(path, JsonSerializer.Serialize(this, SearchJson.Default.SearchState).ReplaceLineEndings("\n") + "\n");
}

/// <summary>One allocation that was scored.</summary>
/// <param name="Steps">The steps that each group takes.</param>
/// <param name="Score">Its score; the lowest is best.</param>
internal sealed record Evaluation(IReadOnlyList<int> Steps, double Score);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SearchState))]
internal sealed partial class SearchJson : JsonSerializerContext;
