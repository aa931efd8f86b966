using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Evaluation;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime;

/// <summary>Samples of a classifier's only input, and their labels.</summary>
/// <param name="Samples">The samples, one per row of the first axis.</param>
/// <param name="Labels">Class numbers, one per sample.</param>
public sealed record LabelledSamples(NumpyArray Samples, NumpyArray Labels)
{
    /// <summary>Reads two files, .npy or .npz.</summary>
    /// <exception cref="Diagnostics.OnnxPruneException">OP1001 a file cannot be read, OP2002 it holds no array.</exception>
    public static LabelledSamples Load(string samples, string labels) => new(NumpyArray.Load(samples), NumpyArray.Load(labels));

    /// <summary>The accuracy of a model.</summary>
    /// <exception cref="Diagnostics.OnnxPruneException">OP2002 the samples do not fit the model, OP6001 the model does not run.</exception>
    public Accuracy Evaluate(OnnxModel model, ExecutionProvider provider, CancellationToken cancellation = default) =>
        Evaluator.Evaluate(model, Samples, Labels, provider, cancellation);
}
