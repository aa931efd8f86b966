using Onnx;

namespace OnnxPrune.Testing.TextualSyntax;

/// <summary>Models: an optional header, a graph, and functions.</summary>
internal static class ModelText
{
    private const long DefaultIrVersion = 10;
    private const long DefaultOperatorSet = 21;

    public static ModelProto Parse(TokenReader reader)
    {
        ModelProto model = new();
        HeaderText.Parse(reader, key => ReadHeader(reader, model, key));
        if (!model.HasIrVersion)
            model.IrVersion = DefaultIrVersion;
        if (model.OpsetImport.Count == 0)
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = DefaultOperatorSet });
        model.Graph = GraphText.Parse(reader);
        while (reader.Next.Kind != TokenKind.End)
            model.Functions.Add(FunctionText.Parse(reader));
        return model;
    }

    private static bool ReadHeader(TokenReader reader, ModelProto model, string key)
    {
        switch (key)
        {
            case "ir_version":
                model.IrVersion = reader.Integer<long>();
                return true;
            case "model_version":
                model.ModelVersion = reader.Integer<long>();
                return true;
            case "opset_import":
                HeaderText.ParseOperatorSets(reader, model.OpsetImport);
                return true;
            case "metadata_props":
                HeaderText.ParsePairs(reader, model.MetadataProps);
                return true;
            default:
                return ReadText(reader, model, key);
        }
    }

    private static bool ReadText(TokenReader reader, ModelProto model, string key)
    {
        switch (key)
        {
            case "producer_name":
                model.ProducerName = reader.Text();
                return true;
            case "producer_version":
                model.ProducerVersion = reader.Text();
                return true;
            case "domain":
                model.Domain = reader.Text();
                return true;
            case "doc_string":
                model.DocString = reader.Text();
                return true;
            default:
                return false;
        }
    }
}
