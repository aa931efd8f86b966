using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Keeps the last of several initializers with one name, as runtimes do. They accept the others only with the same type and shape, and so does this
/// pass. Sparse initializers and constants stand behind the initializers of the file here, and runtimes prefer them, too.
/// </summary>
internal static class DuplicateInitializers
{
    public static void Apply(ModelProto model, ICollection<Diagnostic> notes)
    {
        foreach (var graph in SubGraphs.Within(model.Graph))
        {
            var last = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
            foreach (var tensor in graph.Initializer)
            {
                if (last.TryGetValue(tensor.Name, out var former)) Note(former, tensor, notes);
                last[tensor.Name] = tensor;
            }
            RepeatedItems.Keep(graph.Initializer, t => ReferenceEquals(last[t.Name], t));
        }
    }

    private static void Note(TensorProto former, TensorProto tensor, ICollection<Diagnostic> notes)
    {
        if (former.DataType != tensor.DataType || !former.Dims.SequenceEqual(tensor.Dims))
            throw Errors.Malformed($"two initializers of different types or shapes are called '{tensor.Name}'");
        if (former.RawData != tensor.RawData)
            notes.Add(new Diagnostic(
                Severity.Warning, ErrorCodes.DuplicateInitializer, $"several initializers are called '{tensor.Name}'; the last of them is used, as runtimes do"));
    }
}
