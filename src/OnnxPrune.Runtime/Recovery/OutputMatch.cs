using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// Restores the mean, and on request the variance, of each output channel of a layer: in the statistics of the BatchNormalization after the
/// layer, or without one by scaling the weights and shifting the bias.
/// </summary>
/// <param name="walk">Stands before the layer; gets the changed tensors.</param>
/// <param name="layer">The layer.</param>
/// <param name="offset">Where its intercept is, or null.</param>
/// <param name="operators">The operators of the model.</param>
internal sealed class OutputMatch(ActivationWalk walk, LinearLayer layer, Offset? offset, OperatorSet operators)
{
    // The variance of a channel is not reliable if its scale would change by more than this, or if the channel hardly varies.
    private const double MostScale = 10, LeastVariance = 1e-10;

    /// <summary>Applies the match.</summary>
    /// <param name="moments">What the channels are and should be.</param>
    /// <param name="scales">True to match variances, too.</param>
    public void Apply(OutputMoments moments, bool scales)
    {
        var (target, own) = (moments.Target, moments.Own);
        if (!target.IsFinite || !own.IsFinite) return;
        double[] factors = [.. target.Variance.Select((v, c) => scales ? Factor(v, own.Variance[c]) : 1)];
        if (Normalization() is var (normalization, view)) Normalise(normalization, view, target, own, factors);
        else Scale(target, own, factors);
    }

    private static double Factor(double target, double own)
    {
        double factor = own > LeastVariance && target > LeastVariance ? Math.Sqrt(target / own) : 1;
        return factor is >= 1 / MostScale and <= MostScale ? factor : 1;
    }

    // The BatchNormalization whose statistics are the layer's own.
    private (Node Node, NormalizationView View)? Normalization()
    {
        var reader = walk.Graph.OnlyReaderOf(layer.Node.Outputs[0]!);
        if (layer.Normalizes(operators, reader) is not { } view || offset is not { Kind: OffsetKind.Subtracted }) return null;
        return reader!.Inputs[view.Variance] is { Initializer: not null } variance && walk.Graph.OnlyReaderOf(variance) == reader
            ? (reader, view)
            : null;
    }

    // γ(y − m′)/√(v′ + ε) has the mean and the variance of γ(t − m)/√(v + ε) with v′ + ε = (v + ε)/f² and m′ = E y − (E t − m)/f.
    private void Normalise(Node normalization, NormalizationView view, ChannelMoments target, ChannelMoments own, double[] factors)
    {
        Change(normalization.Inputs[view.Mean]!.Name, (m, c) => own.Mean[c] - ((target.Mean[c] - m) / factors[c]));
        Change(normalization.Inputs[view.Variance]!.Name, (v, c) => Math.Max(0, ((v + view.Epsilon) / (factors[c] * factors[c])) - view.Epsilon));
    }

    private void Scale(ChannelMoments target, ChannelMoments own, double[] factors)
    {
        if (Array.Exists(factors, f => f != 1) && (offset is null or { Kind: OffsetKind.Whole } || layer.View.Bias is null))
            ScaleWeights(factors);
        else factors = Array.ConvertAll(factors, _ => 1.0);
        if (offset is null) return;
        // The layer's own bias, if it has one, is scaled with its output.
        double[] shift = [.. target.Mean.Select((mean, c) => mean - (factors[c] * own.Mean[c]))];
        if (offset.Kind == OffsetKind.Whole) Change(offset.Tensor, (b, c) => (factors[c] * b) + shift[c]);
        else Change(offset.Tensor, (b, c) => offset.Kind == OffsetKind.Added ? b + shift[c] : b - shift[c]);
    }

    private void ScaleWeights(double[] factors)
    {
        if (layer.View.Packed is { } packed)
        {
            // The scales of a row stand side by side.
            var scales = layer.Node.Inputs[packed.Scales]!;
            int perRow = (int)(Tensors.Count(scales.Initializer!) / factors.Length);
            Change(scales.Name, (s, i) => s * factors[i / perRow]);
            return;
        }
        var matrices = layer.ToMatrices(walk.Initializers[layer.Weight.Name]);
        int outputs = layer.Outputs / layer.Groups;
        for (int o = 0; o < factors.Length; o++)
            foreach (ref double weight in matrices[o / outputs].Row(o % outputs)) weight *= factors[o];
        walk.Put(layer.ToTensor(matrices));
    }

    private void Change(string name, Func<double, int, double> change)
    {
        var tensor = walk.Initializers[name];
        walk.Put(Tensors.Make(name, Tensors.TypeOf(tensor), tensor.Dims, Tensors.Doubles(tensor).Select(change).ToArray()));
    }
}
