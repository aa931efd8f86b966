using OnnxPrune.Model;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Runtime.Evaluation;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime;

/// <summary>Samples for the only input of a classifier, and their labels.</summary>
public sealed class LabelledSamples
{
    private readonly NumpyArray _samples;
    private readonly NumpyArray _labels;

    private LabelledSamples(NumpyArray samples, NumpyArray labels) => (_samples, _labels) = (samples, labels);

    /// <summary>Reads two files, .npy or .npz.</summary>
    /// <param name="samples">The samples, one per row of the first axis.</param>
    /// <param name="labels">Class numbers, one per sample.</param>
    /// <exception cref="OnnxPruneException">OP1001: a file cannot be read; OP2002: a file does not contain an array.</exception>
    public static LabelledSamples Load(string samples, string labels) => new(NumpyArray.Load(samples), NumpyArray.Load(labels));

    /// <summary>The accuracy of a model.</summary>
    /// <exception cref="OnnxPruneException">OP2002: the samples do not fit the model; OP6001: the model does not run.</exception>
    public Accuracy Evaluate(OnnxModel model, ExecutionProvider provider, CancellationToken cancellation = default) =>
        Evaluator.Evaluate(model, _samples, _labels, provider, cancellation);
}
